// @ts-check
// The keyboard on the screen. It types into the field that has the focus, with the events that a real one would make.
import { button, element, onPageChange, place } from './kiosk-own.js';
import { controls, isTyped, kindOf, letters, pad, signs } from './kiosk-keys.js';
import { dictionary } from './kiosk-pinyin.js';

/** Places for candidates: two rows of eight, the ninth column turns the pages. */
const ROW = 8;

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Typed */

const state = {
  /** @type {Typed | null} */ field: null,
  /** @type {import('./kiosk-keys.js').Kind} */ kind: 'text',
  chinese: true,
  capital: false,
  signs: false,
  /** Letters that are no characters yet; of a date, its digits. */ typed: '',
  /** @type {import('./kiosk-pinyin.js').Candidate[]} */ candidates: [],
  page: 0,
  /** The field's text is not what it was when it got the focus. */ changed: false,
};
/** @type {HTMLElement} */
let panel;
let pressed = false;

export function startKeyboard() {
  panel = place(element('div', 'tb-keys', { attributes: { role: 'group', 'aria-label': '屏幕键盘', hidden: '' } }));
  document.addEventListener('focusin', (event) => open(/** @type {Element} */ (event.target)));
  document.addEventListener('focusout', () => closeAfterPress());
  document.addEventListener('pointerdown', () => (pressed = true), true);
  for (const end of ['pointerup', 'pointercancel']) {
    document.addEventListener(end, () => {
      pressed = false;
      closeAfterPress();
    }, true);
  }
  // The field may go away with its page.
  onPageChange(() => state.field && !state.field.isConnected && close());
  open(document.activeElement);
}

/** Whoever presses elsewhere must find it where it was: the page moves after the finger has left. */
function closeAfterPress() {
  setTimeout(() => {
    if (!pressed && state.field && document.activeElement !== state.field) close();
  }, 0);
}

/** @param {Element | null} target */
function open(target) {
  if (!isTyped(target) || target === state.field) return;
  const field = /** @type {Typed} */ (target);
  if (state.field) close();
  const kind = kindOf(field);
  if (!field.dataset.kioskMode) field.dataset.kioskMode = field.inputMode || 'text';
  field.inputMode = 'none'; // no keyboard of the system beside ours
  field.autocomplete = 'off';
  Object.assign(state, { field, kind, chinese: kind !== 'latin', capital: false, signs: false, typed: '', candidates: [], page: 0, changed: false });
  if (kind === 'text' || kind === 'name') dictionary().catch(() => undefined);
  draw();
  panel.hidden = false;
  document.documentElement.setAttribute('data-keys', isPad() ? 'pad' : 'letters');
  requestAnimationFrame(() => field.isConnected && reveal(field));
}

/** Into the part of the screen that the keyboard leaves. @param {Typed} field */
function reveal(field) {
  const question = field.closest('.tb-field') || field;
  question.scrollIntoView({ block: 'nearest' });
  field.scrollIntoView({ block: 'nearest' });
}

export function close() {
  const { field, changed } = state;
  state.field = null;
  state.typed = '';
  panel.hidden = true;
  document.documentElement.removeAttribute('data-keys');
  // A real keyboard makes this event when a field is left; the checks of the form wait for it.
  if (field && changed) field.dispatchEvent(new Event('change', { bubbles: true }));
}

const isPad = () => ['number', 'decimal', 'id', 'date'].includes(state.kind);

// ---- what is seen ----

function draw() {
  panel.className = `tb-keys ${isPad() ? 'tb-keys--pad' : 'tb-keys--letters'}`;
  const parts = isPad() ? [] : [line(), choices()];
  if (state.kind === 'date') parts.push(element('p', 'tb-keys__line', { text: dateLine(), attributes: { 'aria-live': 'polite' } }));
  const rows = isPad() ? [keys('tb-keys__pad', pad(state.kind))] : [
    keys('tb-keys__grid', state.signs ? signs : letters(state.capital && !state.chinese)),
    keys('tb-keys__grid', controls(state)),
  ];
  panel.replaceChildren(...parts, ...rows);
}

/** @param {string} className @param {import('./kiosk-keys.js').Key[]} list */
function keys(className, list) {
  const made = list.map((key) => {
    if (!key.label) return element('span', '');
    const size = (key.wide ? ` tb-keys__key--${key.wide}` : '') + (key.tall ? ' tb-keys__key--tall' : '');
    const look = key.act === 'done' ? ' tb-keys__key--done' : '';
    return button(key.label, `tb-keys__key${size}${look}`, () => press(key), { 'data-key': key.act || key.type || '' });
  });
  return element('div', className, { inside: made });
}

function line() {
  const hint = state.chinese && !state.signs ? '打拼音，再选字' : '';
  return element('p', 'tb-keys__line', { text: state.typed || hint, attributes: { 'aria-live': 'polite' } });
}

/** As many candidates as fit into two rows, from each page on. */
function pages() {
  /** @type {import('./kiosk-pinyin.js').Candidate[]} */
  let page = [];
  const made = [page];
  let row = 0;
  let used = 0;
  for (const candidate of state.candidates) {
    const width = Math.min(ROW, Array.from(candidate.text).length);
    if (used + width > ROW) [row, used] = [row + 1, 0];
    if (row > 1) {
      row = 0;
      page = [];
      made.push(page);
    }
    used += width;
    page.push(candidate);
  }
  return made;
}

function choices() {
  const all = pages();
  const page = Math.min(state.page, all.length - 1);
  const shown = all[page].map((candidate) => {
    const width = Math.min(ROW, Array.from(candidate.text).length);
    return button(candidate.text, `tb-keys__one tb-keys__one--${width}`, () => choose(candidate));
  });
  const turn = (/** @type {string} */ text, /** @type {number} */ to) => {
    const made = button(text, 'tb-keys__turn', () => {
      state.page = to;
      draw();
    });
    made.disabled = to < 0 || to >= all.length;
    return made;
  };
  const list = element('div', 'tb-keys__list', { inside: shown });
  const turns = element('div', 'tb-keys__turns', { inside: [turn('前面', page - 1), turn('更多', page + 1)] });
  return element('div', 'tb-keys__choices', { attributes: { role: 'group', 'aria-label': '选字' }, inside: [list, turns] });
}

// ---- what is pressed ----

/** @param {import('./kiosk-keys.js').Key} key */
function press(key) {
  if (!state.field) return;
  if (key.act === 'done') return finish();
  if (key.act === 'remove') remove();
  else if (key.act === 'clear') clear();
  else if (key.act === 'signs') Object.assign(state, { signs: !state.signs, typed: '' });
  else if (key.act === 'chinese') turnLanguage();
  else type(key.type || '');
  look();
}

/** Chinese, small letters, capital letters, and again. */
function turnLanguage() {
  if (state.chinese) Object.assign(state, { chinese: false, capital: false });
  else if (!state.capital) state.capital = true;
  else Object.assign(state, { chinese: true, capital: false });
  state.typed = '';
  state.signs = false;
}

function finish() {
  // What is not chosen yet would be lost without a word.
  if (state.typed && state.candidates.length && !isPad()) return choose(state.candidates[0]);
  const { field } = state;
  close();
  if (field) field.blur();
}

/** @param {string} text */
function type(text) {
  if (state.kind === 'date') return typeDate(text);
  const composes = state.chinese && !state.signs && !isPad();
  if (composes && /^[a-z]$/.test(text)) state.typed = (state.typed + text).slice(0, 24);
  else if (composes && text === ' ' && state.typed) state.candidates.length && choose(state.candidates[0]);
  else insert(text);
}

function remove() {
  if (state.typed) state.typed = state.typed.slice(0, -1);
  else if (state.kind === 'date') setValue('');
  else insert('', true);
}

function clear() {
  state.typed = '';
  setValue('');
}

/** @param {import('./kiosk-pinyin.js').Candidate} candidate */
function choose(candidate) {
  const rest = state.typed.slice(candidate.used);
  state.typed = rest;
  insert(candidate.text);
  look();
}

/** Looks up what the letters may mean, and shows it. */
function look() {
  state.page = 0;
  state.candidates = [];
  draw();
  const { typed, field } = state;
  if (!typed || !field || isPad()) return;
  const kind = state.kind === 'text' ? 'text' : field.selectionStart ? 'given' : 'surname';
  dictionary().then((words) => {
    if (state.typed !== typed || state.field !== field) return;
    state.candidates = words.candidates(typed, kind);
    draw();
  }, () => undefined);
}

// ---- the field ----

/** In the place of what is marked. @param {string} text @param {boolean} [before] takes away what stands before */
function insert(text, before = false) {
  const field = /** @type {Typed} */ (state.field);
  const end = field.selectionEnd === null ? field.value.length : field.selectionEnd;
  let start = field.selectionStart === null ? end : field.selectionStart;
  if (before && start === end) start -= (Array.from(field.value.slice(0, end)).pop() || '').length;
  if (!text && start === end) return;
  const room = field.maxLength < 0 ? Infinity : field.maxLength;
  if (field.value.length - (end - start) + text.length > room) return;
  field.setRangeText(text, start, end, 'end');
  told(text ? 'insertText' : 'deleteContentBackward', text);
}

/** @param {string} value */
function setValue(value) {
  const field = /** @type {Typed} */ (state.field);
  if (field.value === value) return;
  field.value = value;
  told(value ? 'insertReplacementText' : 'deleteContentBackward', value);
}

/** @param {string} inputType @param {string} data */
function told(inputType, data) {
  const field = /** @type {Typed} */ (state.field);
  state.changed = true;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType, data: data || null }));
}

// ---- days ----

/** A field for a day takes a whole day or nothing: the digits are gathered here. @param {string} digit */
function typeDate(digit) {
  state.typed = ((state.typed.length === 8 ? '' : state.typed) + digit).slice(0, 8);
  if (state.typed.length === 8) setValue(`${state.typed.slice(0, 4)}-${state.typed.slice(4, 6)}-${state.typed.slice(6)}`);
}

function dateLine() {
  if (!state.typed) return '先按年，再按月和日，一共8位。比如1950年3月5日，按19500305';
  const all = state.typed.padEnd(8, '_');
  const wrong = state.typed.length === 8 && state.field && !state.field.value;
  return `${all.slice(0, 4)}年${all.slice(4, 6)}月${all.slice(6)}日${wrong ? '，没有这一天，请重打' : ''}`;
}
