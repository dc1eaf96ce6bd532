// @ts-check
// Which keys there are, and which of them a field needs.

/** @typedef {{ label: string, type?: string, act?: string, wide?: number, tall?: boolean }} Key  empty label: a gap */
/** @typedef {'number' | 'decimal' | 'id' | 'date' | 'text' | 'name' | 'latin'} Kind */

/** @param {string} letters @returns {Key[]} */
const each = (letters) => Array.from(letters, (letter) => ({ label: letter, type: letter }));

const REMOVE = { label: '删除', act: 'remove' };
const CLEAR = { label: '清空', act: 'clear' };
const DONE = { label: '完成', act: 'done' };
const GAP = { label: '' };

/** A pad of big numbers: what else stands beside the 0 depends on what is written. @param {Kind} kind @returns {Key[]} */
export function pad(kind) {
  const left = kind === 'id' ? { label: 'X', type: 'X' } : GAP;
  const right = kind === 'decimal' ? { label: '.', type: '.' } : GAP;
  return [
    ...each('123'), REMOVE,
    ...each('456'), CLEAR,
    ...each('789'), { ...DONE, tall: true },
    left, ...each('0'), right,
  ];
}

/** In the order of the alphabet: who does not know a keyboard finds a letter by it. @param {boolean} capital */
export const letters = (capital) => each('abcdefghijklmnopqrstuvwxyz').map((key) => (capital ? { label: key.label.toUpperCase(), type: key.label.toUpperCase() } : key));

/** Numbers, what stands in names and addresses, and what most addresses are made of. */
export const signs = [...each('1234567890'), ...each('-#/（），。号楼栋单元层室路街巷')];

/** @param {{ chinese: boolean, capital: boolean, signs: boolean }} state @returns {Key[]} */
export function controls(state) {
  return [
    state.chinese ? { label: '中文', act: 'chinese' } : { label: state.capital ? '大写' : '小写', act: 'chinese' },
    state.signs ? { label: '拼音', act: 'signs' } : { label: '123', act: 'signs' },
    { label: '·', type: '·' },
    { label: '空格', type: ' ', wide: 2 },
    { ...REMOVE },
    { ...CLEAR },
    { ...DONE, wide: 2 },
  ];
}

/** @param {Element | null} target */
export function isTyped(target) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false;
  if (target.disabled || target.readOnly) return false;
  return target instanceof HTMLTextAreaElement || /^(text|tel|search|date|number|email|url|password)$/.test(target.type);
}

/** @param {HTMLInputElement | HTMLTextAreaElement} field @returns {Kind} */
export function kindOf(field) {
  if (field instanceof HTMLTextAreaElement) return 'text';
  const label = field.labels && field.labels.length ? field.labels[0].textContent || '' : '';
  // What the keyboard of a phone would have been told; the kiosk's own takes its place.
  const mode = field.dataset.kioskMode || field.inputMode;
  if (field.type === 'date') return 'date';
  if (/id_number$/.test(field.name) || /身份证|证件号/.test(label)) return 'id';
  if (mode === 'decimal') return 'decimal';
  if (field.type === 'tel' || field.type === 'number' || mode === 'tel' || mode === 'numeric') return 'number';
  if (/^(password|email|url)$/.test(field.type)) return 'latin';
  return /(^|[._-])name$/.test(field.name) || /姓名/.test(label) ? 'name' : 'text';
}
