//! Search in everyday words, pinyin, initials, and with a wrong character.
//!
//! There are a few hundred items: an index in memory answers sooner than a database would.

use std::collections::HashSet;

use domain::catalogue::{Certificate, CertificateList, Item};
use domain::text::half_width;
use pinyin::ToPinyin;

/// Marks below this are noise.
const MARK_MIN: u32 = 25;

/// What a certificate must have to be answered with: its name or a word for it, not some of its characters.
const CERTIFICATE_MARK_MIN: u32 = 80;
/// Words that fit more certificates than this mean none of them: 证明.
const CERTIFICATES_MAX: usize = 3;

pub(super) struct Index(Vec<Entry>);

/// The certificates that communities must not issue, found by what people call them.
pub(super) struct CertificateIndex {
    pub list: CertificateList,
    entries: Vec<Entry>,
}

impl CertificateIndex {
    pub fn of(list: CertificateList) -> Self {
        Self { entries: list.certificates.iter().map(Entry::of_certificate).collect(), list }
    }

    pub fn search(&self, query: &str) -> Vec<Certificate> {
        let query = Query::of(query);
        let pairs = self.entries.iter().zip(&self.list.certificates);
        let found: Vec<Certificate> = pairs
            .filter(|(entry, _)| entry.mark(&query) >= CERTIFICATE_MARK_MIN)
            .map(|(_, certificate)| certificate.clone())
            .collect();
        if found.len() > CERTIFICATES_MAX { Vec::new() } else { found }
    }
}

/// What one item can be found by. Each phrase is a name or a keyword.
struct Entry {
    code: String,
    phrases: Vec<Phrase>,
    /// Pairs of neighbouring characters in all the item's words, its summary and conditions too.
    pairs: HashSet<(char, char)>,
}

struct Phrase {
    text: String,
    /// `gaolingjintie`
    pinyin: String,
    /// Where in `pinyin` a syllable begins.
    starts: HashSet<usize>,
    /// `gljt`
    initials: String,
    /// How much a hit counts: names more than keywords.
    weight: u32,
}

impl Index {
    pub fn of<'a>(items: impl Iterator<Item = &'a Item>) -> Self {
        Self(items.map(Entry::of).collect())
    }

    /// Positions of the items found, the best first.
    pub fn search(&self, query: &str) -> Vec<usize> {
        let query = Query::of(query);
        let mut hits: Vec<(u32, usize)> = self
            .0
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.mark(&query), at))
            .filter(|(mark, _)| *mark >= MARK_MIN)
            .collect();
        hits.sort_by_key(|(mark, at)| (std::cmp::Reverse(*mark), *at));
        // What is far behind the best is noise beside it.
        let best = hits.first().map_or(0, |(mark, _)| *mark);
        hits.into_iter().filter(|(mark, _)| *mark * 4 >= best).map(|(_, at)| at).collect()
    }
}

struct Query {
    text: String,
    chars: Vec<char>,
    pinyin: String,
    /// Latin letters alone: pinyin or initials.
    is_latin: bool,
}

impl Query {
    fn of(query: &str) -> Self {
        let text = fold(query);
        let is_latin = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
        let spelled = spell(&text);
        Self { chars: text.chars().collect(), pinyin: spelled.pinyin, is_latin, text }
    }
}

impl Entry {
    fn of(item: &Item) -> Self {
        let mut phrases = vec![Phrase::of(&item.everyday, 100), Phrase::of(&item.name, 90)];
        phrases.extend(item.keywords.iter().map(|word| Phrase::of(word, 80)));
        let words = [&item.everyday, &item.name, &item.summary];
        let all = words.into_iter().chain(&item.keywords).chain(&item.conditions);
        let pairs = all.flat_map(|text| pairs(&fold(text).chars().collect::<Vec<_>>())).collect();
        Self { code: item.code.to_lowercase(), phrases, pairs }
    }

    fn of_certificate(certificate: &Certificate) -> Self {
        let mut phrases = vec![Phrase::of(&certificate.name, 100)];
        phrases.extend(certificate.words.iter().map(|word| Phrase::of(word, 90)));
        Self { code: String::new(), phrases, pairs: HashSet::new() }
    }

    fn mark(&self, query: &Query) -> u32 {
        if query.text.is_empty() {
            return 0;
        }
        if self.code == query.text {
            return 1_000;
        }
        let best = self.phrases.iter().map(|phrase| phrase.mark(query)).max().unwrap_or(0);
        best.max(self.overlap(query))
    }

    /// How many of the query's pairs stand in the item's words: finds other word order and one wrong character.
    fn overlap(&self, query: &Query) -> u32 {
        let wanted = pairs(&query.chars);
        if query.is_latin || wanted.is_empty() {
            return 0;
        }
        let shared = wanted.iter().filter(|pair| self.pairs.contains(pair)).count();
        u32::try_from(shared * 60 / wanted.len()).unwrap_or(0)
    }
}

impl Phrase {
    fn of(text: &str, weight: u32) -> Self {
        let text = fold(text);
        let spelled = spell(&text);
        Self { pinyin: spelled.pinyin, starts: spelled.starts, initials: spelled.initials, text, weight }
    }

    fn mark(&self, query: &Query) -> u32 {
        if self.text == query.text {
            return self.weight * 2;
        }
        if self.text.contains(&query.text) {
            return self.weight + 20;
        }
        if query.is_latin {
            return self.mark_latin(query);
        }
        // A keyword inside a longer question: 怎么领高龄补贴.
        if query.text.contains(&self.text) && self.text.chars().count() >= 2 {
            return self.weight;
        }
        // The same sounds in other characters: 高令津贴.
        if query.chars.len() >= 2 && self.sounds_like(&query.pinyin) {
            return self.weight * 6 / 10;
        }
        0
    }

    fn mark_latin(&self, query: &Query) -> u32 {
        if query.text.len() < 2 {
            return 0;
        }
        if self.sounds_like(&query.text) {
            return self.weight * 8 / 10;
        }
        if self.initials.contains(&query.text) {
            let from_the_start = self.initials.starts_with(&query.text);
            return self.weight * if from_the_start { 6 } else { 4 } / 10;
        }
        0
    }

    /// Whether the spelling stands in this phrase, beginning at a syllable.
    fn sounds_like(&self, spelling: &str) -> bool {
        spelling.len() >= 2 && self.pinyin.match_indices(spelling).any(|(at, _)| self.starts.contains(&at))
    }
}

#[derive(Default)]
struct Spelled {
    pinyin: String,
    starts: HashSet<usize>,
    initials: String,
}

fn spell(text: &str) -> Spelled {
    let mut out = Spelled::default();
    for c in text.chars() {
        out.starts.insert(out.pinyin.len());
        match c.to_pinyin() {
            Some(syllable) => {
                out.pinyin.push_str(syllable.plain());
                out.initials.push_str(syllable.first_letter());
            }
            None => {
                out.pinyin.push(c);
                out.initials.push(c);
            }
        }
    }
    out
}

/// Small half-width letters without spaces and punctuation.
fn fold(text: &str) -> String {
    half_width(text).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn pairs(chars: &[char]) -> Vec<(char, char)> {
    chars.windows(2).map(|pair| (pair[0], pair[1])).collect()
}
