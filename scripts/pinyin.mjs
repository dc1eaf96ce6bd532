// Writes the dictionary of the kiosk's keyboard: characters and words by pinyin, the usual ones first.
//
//   npm install --no-save --prefix DIR pinyin-pro@3.29.4 @node-rs/jieba@2.0.3
//   node scripts/pinyin.mjs DIR > frontend/public/js/kiosk-pinyin-data.js
//
// Readings are pinyin-pro's (MIT), how often a word is used is jieba's (MIT), names of places are those of the seed.
// It is run by hand when one of them changes; what it wrote is kept, so that building needs neither of them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const WORDS = 15_000;
const GIVEN = 900; // characters that are usual in names

// By how many bear them.
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦' +
  '付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温芦康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦' +
  '俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦' +
  '褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁' +
  '胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普' +
  '阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由';
// By how usual they are in names of today's old and young; what books and history call people comes after them.
const NAMES =
  '英华文玉秀明兰丽国春梅红金平志建芳桂海永军云荣林凤生德清珍淑小艳霞萍琴香琳娟敏伟杰强勇辉磊洋静燕涛鹏飞超刚波斌宇浩凯俊峰龙洪广忠庆福贵祥宝' +
  '成义仁礼智信孝良善才财富安康宁乐喜长寿延连玲芝芬莲菊雪雯婷倩颖慧洁莉莹佳欣怡梓涵轩子睿晨宸泽诗雨悦妍瑶思琪嘉雅晓亚东天宏振兴立新民学胜利卫爱' +
  '树彦素雅月恩凡会茂景万正世昌全启维家少绍传守占振殿发山江河湖川泉松柏柱石田禾苗青素巧惠贤贞娥娜娇媛婉美莎蓉薇蕾茹莘茵萱苓丹彤紫星辰阳晴晖旭昊' +
  '晶旺昕昱朋朝权来根楠森彬栋栓桐桃梦楚荷冰凌冬夏秋雁鸿鹤鸣岩岳峻崇嵩巍坤垚培城堂壮大太奇奎奕威宪实宽宾富尚尧展岚岭';
const DOUBLE =
  '欧阳 司马 上官 诸葛 尉迟 皇甫 慕容 司徒 夏侯 令狐 东方 公孙 长孙 宇文 南宫 端木 独孤 轩辕 呼延 司空 万俟 百里 东郭 爱新觉罗 叶赫那拉';

// What people here write, and a dictionary of the language does not know.
const HERE =
  '沈阳市 沈河区 和平区 大东区 皇姑区 铁西区 苏家屯区 浑南区 沈北新区 于洪区 辽中区 新民市 法库县 康平县 辽宁省 盛京 盛京银行 低保 特困 社保 医保 户口本 ' +
  '身份证 残疾证 失业 下岗 退休金 养老金 看病 住院 残疾 离异 丧偶 单元 号楼 小区 楼栋 门牌 多福路 中街 工商银行 农业银行 建设银行 中国银行 邮储银行 满族 锡伯族 朝鲜族 回族 蒙古族';

const packages = resolve(process.argv[2] ?? '');
const { pinyin } = createRequire(join(packages, 'node_modules/'))('pinyin-pro');
const seed = new URL('../server/service/seed/', import.meta.url);

const isHan = (text) => /^\p{Script=Han}+$/u.test(text);
const read = (text, more) => pinyin(text, { type: 'array', toneType: 'none', v: true, ...more });
const isSyllable = (text) => /^[a-z]*[aeiouv][a-z]*$/.test(text);

/** How often a character is met in each reading: `行` → { xing: …, hang: … }. */
const uses = new Map();
const words = [];
const given = new Map();

function count(character, syllable, often) {
  const readings = uses.get(character) ?? uses.set(character, new Map()).get(character);
  readings.set(syllable, (readings.get(syllable) ?? 0) + often);
}

for (const line of readFileSync(join(packages, 'node_modules/@node-rs/jieba/dict.txt'), 'utf8').split('\n')) {
  const [word, often, kind] = line.split(' ');
  const characters = [...(word ?? '')];
  if (!isHan(word ?? '') || characters.length > 6) continue;
  read(word).forEach((syllable, index) => isSyllable(syllable) && count(characters[index], syllable, Number(often)));
  if (characters.length > 1 && characters.length < 5 && kind !== 'nr' && kind !== 'nrt') words.push([word, Number(often)]);
  if (kind === 'nr' && characters.length === 3 && SURNAMES.includes(characters[0])) {
    for (const character of characters.slice(1)) given.set(character, (given.get(character) ?? 0) + Number(often));
  }
}

/** Every character with a reading, also those that no word has: names hold them. */
const table = new Map();
for (const [from, to] of [[0x3400, 0x9fff], [0x20000, 0x323af]]) {
  for (let code = from; code <= to; code++) {
    const character = String.fromCodePoint(code);
    const readings = new Set(read(character, { multiple: true }).filter(isSyllable));
    for (const syllable of uses.get(character)?.keys() ?? []) readings.add(syllable);
    for (const syllable of readings) {
      (table.get(syllable) ?? table.set(syllable, []).get(syllable)).push(character);
    }
  }
}
const often = (character, syllable) => uses.get(character)?.get(syllable) ?? 0;
function isUsual(character, syllable) {
  const all = [...(uses.get(character)?.values() ?? [])].reduce((sum, one) => sum + one, 0);
  return all > 0 && often(character, syllable) >= all / 50;
}
const lines = [...table].sort(([a], [b]) => (a < b ? -1 : 1)).map(([syllable, characters]) => {
  // Sorting is stable: what no word has stays in the order of Unicode.
  characters.sort((a, b) => often(b, syllable) - often(a, syllable));
  // Readings that hardly any word has are for looking a character up, and make no words.
  const [usual, rare] = [true, false].map((is) => characters.filter((one) => isUsual(one, syllable) === is).join(''));
  return `${syllable}:${usual}|${rare}`;
});

const places = ['areas', 'streets', 'communities'].flatMap((name) =>
  readFileSync(new URL(`${name}.csv`, seed), 'utf8').split('\n').slice(1).map((line) => line.split(',')[1] ?? '')
    .map((place) => place.replace(/(社区|村)?(居|村)(民)?委(员)?会$|社区$|街道(办事处)?$|(区|县|市|乡|镇|村)$/, ''))
    .filter((place) => isHan(place) && [...place].length > 1 && [...place].length < 5));
words.sort((a, b) => b[1] - a[1]);
const kept = new Set([...words.slice(0, WORDS).map(([word]) => word), ...HERE.split(' '), ...places, ...DOUBLE.split(' ')]);
const others = [...given].sort((a, b) => b[1] - a[1]).map(([character]) => character);
const names = [...new Set([...NAMES, ...others])].slice(0, GIVEN);

console.log(`// Written by scripts/pinyin.mjs from pinyin-pro and jieba, both MIT: not edited by hand.
export const CHARACTERS = '${lines.join(' ')}';
export const WORDS = '${[...kept].join(' ')}';
export const SURNAMES = '${[...new Set(SURNAMES)].join('')}';
export const GIVEN = '${names.join('')}';`);
