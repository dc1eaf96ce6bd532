// @ts-check
// A page of a form, one question at a time. The page stays the server's: questions that are not asked now are hidden by
// an attribute, so those that come and go by other answers are counted anew whenever the page changes.
import { close as closeKeyboard } from './kiosk-keyboard.js';
import { onPageChange } from './kiosk-own.js';

const OFF = 'data-kiosk-off';
/** The client checks an answer that is left, and says what is wrong a moment later. */
const CHECK_MS = 60;
const PAGE_FORM = 'form#page-form';

const state = {
  /** The address to which the page's form is sent: another one is another page. */ page: '',
  /** @type {HTMLElement[]} */ questions: [],
  at: 0,
  /** The form was sent: what it finds is shown. */ sent: false,
  /** The next page is entered from its end. */ backwards: false,
  /** @type {() => void} */ tell: () => undefined,
};

/** @param {() => void} tell called when another question is shown */
export function startSteps(tell) {
  state.tell = tell;
  document.addEventListener('submit', (event) => {
    if (event.target instanceof Element && event.target.matches(PAGE_FORM)) state.sent = true;
  }, true);
  // Of the summary of what is wrong.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link) showHolding((link.getAttribute('href') || '').slice(1));
  }, true);
  onPageChange(update);
  update();
}

export const steps = () => ({ at: state.at, count: state.questions.length });

/** The question before; false when this is the first one. */
export function stepBack() {
  if (!state.questions.length || state.at === 0) {
    state.backwards = state.questions.length > 0;
    return false;
  }
  show(state.at - 1, true);
  return true;
}

export function stepOn() {
  const question = state.questions[state.at];
  const field = document.activeElement;
  closeKeyboard();
  if (question && field instanceof HTMLElement && question.contains(field)) field.blur();
  setTimeout(() => {
    const wrong = question && question.isConnected && isWrong(question);
    if (wrong) enter(question);
    else if (state.at + 1 < state.questions.length) show(state.at + 1, true);
    state.tell();
  }, CHECK_MS);
}

/** @param {Element} question */
const isWrong = (question) => question.matches('.tb-field--wrong') || !!question.querySelector('.tb-field--wrong, .tb-upload--wrong');

/** @param {Element} form */
function find(form) {
  const page = form.closest('.tb-page') || document.body;
  const all = Array.from(page.querySelectorAll(`.tb-material, ${PAGE_FORM} .tb-field, ${PAGE_FORM} button[value^="add:"]`));
  return /** @type {HTMLElement[]} */ (all.filter((part) => {
    if (part.matches('.tb-field') && part.closest('.tb-material')) return false;
    // The lists of an area are one question; a person, an address or a group is as many as it has inside.
    if (part.parentElement && part.parentElement.closest('.tb-area')) return false;
    return !Array.from(part.querySelectorAll('.tb-field')).some((inner) => !inner.closest('.tb-area') && !part.matches('.tb-material'));
  }).filter((part) => !part.querySelector('button[value^="add:"]')));
}

function update() {
  const form = document.querySelector(PAGE_FORM);
  if (!form) {
    if (state.page) {
      Object.assign(state, { page: '', questions: [], at: 0, sent: false });
      state.tell();
    }
    return;
  }
  const before = state.questions[state.at];
  const page = form.getAttribute('action') || '';
  const questions = find(form);
  const known = new Set(state.questions);
  const wrong = questions.findIndex(isWrong);
  const same = questions.length === state.questions.length && questions.every((one, index) => one === state.questions[index]);
  state.questions = questions;
  form.setAttribute('autocomplete', 'off'); // or the browser keeps it in its own files
  if (page !== state.page) {
    const first = wrong >= 0 ? wrong : state.backwards ? questions.length - 1 : 0;
    Object.assign(state, { page, sent: false, backwards: false });
    show(first, wrong >= 0);
  } else if (state.sent && !form.hasAttribute('aria-busy') && wrong >= 0) {
    state.sent = false;
    show(wrong, true);
  } else if (!same) {
    // Whoever adds somebody is asked about them next.
    const added = before && before.matches('button') ? questions.findIndex((one) => !known.has(one)) : -1;
    const still = questions.indexOf(before);
    show(added >= 0 ? added : still >= 0 ? still : state.at, added >= 0);
  }
}

/** @param {string} id */
function showHolding(id) {
  const target = document.getElementById(id);
  const holding = target ? state.questions.findIndex((one) => one === target || one.contains(target) || target.contains(one)) : -1;
  if (holding >= 0) show(holding, true);
}

/** @param {number} index @param {boolean} focus */
function show(index, focus) {
  state.at = Math.max(0, Math.min(index, state.questions.length - 1));
  const { questions, at } = state;
  const now = questions[at];
  const form = document.querySelector(PAGE_FORM);
  const page = form && form.closest('.tb-page');
  if (!form || !page) return;
  // Whatever holds a question is seen while one of its questions is.
  /** @type {Set<Element>} */
  const holders = new Set();
  for (const question of questions) {
    for (let up = question.parentElement; up && up !== page; up = up.parentElement) {
      if (up.matches('.tb-field, .tb-group__item')) holders.add(up);
    }
  }
  for (const part of [...questions, ...holders]) hide(part, part !== now && !part.contains(now));
  for (const text of Array.from(form.querySelectorAll('.tb-declaration'))) {
    const after = text.nextElementSibling;
    hide(text, !!after && after.hasAttribute(OFF));
  }
  const place = [at === 0 ? 'first' : '', at >= questions.length - 1 ? 'last' : ''].filter(Boolean).join(' ') || 'middle';
  page.setAttribute('data-kiosk-step', place);
  if (focus) enter(now);
  state.tell();
}

/** @param {Element} part @param {boolean} away */
function hide(part, away) {
  if (away) part.setAttribute(OFF, '');
  else part.removeAttribute(OFF);
}

/** @param {HTMLElement | undefined} question */
function enter(question) {
  if (!question) return;
  for (const part of [document.documentElement, document.body]) part.scrollTop = 0;
  const typed = question.querySelector('input:not([type=radio]):not([type=checkbox]):not([type=hidden]):not([type=file]), textarea');
  const target = /** @type {HTMLElement | null} */ (typed || question.querySelector('input:not([type=hidden]):not([type=file]), select, button'));
  if (target) target.focus({ preventScroll: true });
}
