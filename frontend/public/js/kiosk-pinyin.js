// @ts-check
// From pinyin to characters. The dictionary (scripts/pinyin.mjs) knows which characters have which reading and which
// words are usual; what is typed may be whole syllables (`shenyang`) or first letters (`sy`).

/** @typedef {{ text: string, used: number }} Candidate  `used`: how many of the letters it stands for */

/** Shenyang's speech does not tell these apart, so many who live there do not either. */
const ALIKE = [['zh', 'z'], ['ch', 'c'], ['sh', 's']];
const WORDS_SHOWN = 24;
/** Surnames of two characters: some have readings that no word has. @type {Record<string, string>} */
const DOUBLE = {
  ouyang: '欧阳', sima: '司马', shangguan: '上官', zhuge: '诸葛', yuchi: '尉迟', huangfu: '皇甫', murong: '慕容',
  situ: '司徒', xiahou: '夏侯', linghu: '令狐', dongfang: '东方', gongsun: '公孙', zhangsun: '长孙', yuwen: '宇文',
  nangong: '南宫', duanmu: '端木', dugu: '独孤', xuanyuan: '轩辕', huyan: '呼延', sikong: '司空', moqi: '万俟',
  baili: '百里', dongguo: '东郭', tantai: '澹台', wenren: '闻人', puyang: '濮阳', taishi: '太史', aixinjueluo: '爱新觉罗',
};

/** @type {Promise<Dictionary> | undefined} */
let loading;

/** Only when somebody begins to type: it is larger than all the other scripts together. */
export function dictionary() {
  if (!loading) {
    loading = import('./kiosk-pinyin-data.js').then((data) => new Dictionary(data));
    // A file that did not come is asked for again with the next letter.
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

/** @param {string} syllable */
function alike(syllable) {
  for (const [far, near] of ALIKE) {
    if (syllable.startsWith(far)) return near + syllable.slice(far.length);
    if (syllable.startsWith(near)) return far + syllable.slice(near.length);
  }
  return '';
}

/** @param {string} syllable */
const initial = (syllable) => (/^[zcs]h/.test(syllable) ? syllable.slice(0, 2) : syllable[0]);

/** @param {string} typed @returns {Candidate[]} */
function doubles(typed) {
  const keys = Object.keys(DOUBLE).filter((key) => typed.startsWith(key));
  return keys.map((key) => ({ text: DOUBLE[key], used: key.length }));
}

export class Dictionary {
  /** @param {{ CHARACTERS: string, WORDS: string, SURNAMES: string, GIVEN: string }} data */
  constructor(data) {
    /** @type {Map<string, string[]>} */
    this.syllables = new Map();
    /** @type {Map<string, string[]>} */
    this.readings = new Map();
    for (const line of data.CHARACTERS.split(' ')) {
      const [syllable, all] = line.split(':');
      const [usual, rare] = all.split('|');
      this.syllables.set(syllable, Array.from(usual + rare));
      for (const character of Array.from(usual)) {
        const readings = this.readings.get(character);
        if (readings) readings.push(syllable);
        else this.readings.set(character, [syllable]);
      }
    }
    /** Words by the letter with which they may begin. @type {Map<string, string[][]>} */
    this.words = new Map();
    for (const word of data.WORDS.split(' ')) {
      const characters = Array.from(word);
      const letters = new Set((this.readings.get(characters[0]) || []).map((syllable) => syllable[0]));
      for (const letter of letters) {
        const list = this.words.get(letter);
        if (list) list.push(characters);
        else this.words.set(letter, [characters]);
      }
    }
    this.surnames = Array.from(data.SURNAMES);
    this.given = Array.from(data.GIVEN);
  }

  /**
   * What may be meant, the likeliest first.
   * @param {string} typed letters a to z
   * @param {'text' | 'surname' | 'given'} kind of a name, its usual characters come first
   * @returns {Candidate[]}
   */
  candidates(typed, kind) {
    if (!typed) return [];
    const words = kind === 'text' ? this.matchingWords(typed) : kind === 'surname' ? doubles(typed) : [];
    /** @type {Candidate[]} */
    const found = [];
    /** @type {Set<string>} */
    const known = new Set();
    const add = (/** @type {string[]} */ characters, /** @type {number} */ used) => {
      for (const text of characters) {
        if (!known.has(text)) {
          known.add(text);
          found.push({ text, used });
        }
      }
    };
    const heads = this.heads(typed);
    if (typed.length === 1 || typed === initial(typed)) add(this.beginning(typed, kind), typed.length);
    for (const { text, used } of words) add([text], used);
    for (const head of heads) add(this.ordered(head, kind), head.length);
    for (const head of heads) add(this.ordered(alike(head), kind), head.length);
    if (!heads.length) add(this.beginning(typed, kind), typed.length);
    return found;
  }

  /** The syllables with which the letters may begin, the longest first. @param {string} typed */
  heads(typed) {
    const heads = [];
    for (let length = Math.min(6, typed.length); length > 0; length--) {
      if (this.syllables.has(typed.slice(0, length))) heads.push(typed.slice(0, length));
    }
    // `sh` is on the way to a syllable, not 十 by its first letter.
    return heads.length === 1 && heads[0].length === 1 && !/^[aeo]/.test(typed) ? [] : heads;
  }

  /** A syllable that is not finished: a few of each that it may become. @param {string} typed @param {string} kind */
  beginning(typed, kind) {
    const prefix = typed.length > 1 && /^[zcs]h/.test(typed) ? typed.slice(0, 2) : typed;
    const rows = [...this.syllables.keys()].filter((key) => key.startsWith(prefix)).map((key) => this.ordered(key, kind));
    return [0, 1, 2].reduce((all, index) => all.concat(rows.map((row) => row[index]).filter(Boolean)), /** @type {string[]} */ ([]));
  }

  /** @param {string} syllable @param {string} kind */
  ordered(syllable, kind) {
    const all = this.syllables.get(syllable) || [];
    if (kind === 'text') return all;
    const here = new Set(all);
    const first = (kind === 'surname' ? this.surnames : this.given).filter((character) => here.has(character));
    return first.concat(all);
  }

  /** @param {string} typed */
  matchingWords(typed) {
    /** @type {{ text: string, used: number, rank: number }[]} */
    const found = [];
    for (const word of this.words.get(typed[0]) || []) {
      const match = this.match(word, typed, 0, 0, 0);
      // First letters count for all that was typed, or for nothing.
      const good = match && (match.rank === 0 || match.used === typed.length);
      if (match && good) found.push({ text: word.join(''), used: match.used, rank: match.rank });
    }
    // Sorting is stable: among equals the usual word comes first.
    found.sort((a, b) => b.used - a.used || a.rank - b.rank);
    return found.slice(0, WORDS_SHOWN).map(({ text, used }) => ({ text, used }));
  }

  /**
   * How well letters fit a word: 0 for whole syllables, more for first letters and for what is not typed yet.
   * @param {string[]} word @param {string} typed @param {number} index @param {number} at @param {number} rank
   * @returns {{ used: number, rank: number } | undefined}
   */
  match(word, typed, index, at, rank) {
    if (index === word.length) return { used: at, rank };
    // The rest of a long word may be left out, once two characters are there.
    if (at === typed.length) return index > 1 ? { used: at, rank: rank + 10 } : undefined;
    let best;
    for (const reading of this.readings.get(word[index]) || []) {
      const ways = typed.startsWith(reading, at) ? [[reading.length, 0]] : [];
      const rest = typed.slice(at);
      if (!ways.length && reading.startsWith(rest)) ways.push([rest.length, 1]);
      if (typed.startsWith(initial(reading), at)) ways.push([initial(reading).length, 2]);
      for (const [length, more] of ways) {
        const match = this.match(word, typed, index + 1, at + length, rank + more);
        const better = match && (!best || match.used > best.used || (match.used === best.used && match.rank < best.rank));
        if (better) best = match;
      }
    }
    return best;
  }
}
