// @ts-check
// Reads the page aloud, by a voice of the device itself: what is on the page goes nowhere. Without such a voice there is no
// button. `html[data-speech]` says whether it can (ready) or does (speaking); the style sheet shows the buttons by that.

const root = document.documentElement;
const speech = window.speechSynthesis;
/** Not read: what is pressed elsewhere, and what says nothing by ear. */
const LEFT_OUT = 'script, style, svg, form[action="/display"], .tb-back, .tb-breadcrumb, .tb-print, .tb-uploads img';
/** What is read in one breath. */
const WHOLE = 'h1, h2, h3, h4, p, li, legend, label, dt, dd, th, td, caption, summary, button, a, option';
const SLOWER = 0.65;

/** @type {SpeechSynthesisVoice | undefined} */
let voice;
/** @type {Element | null} */
let question = null;
let rate = 0.9;
/** Grows with every beginning and end, so that what was stopped does not go on. */
let turn = 0;

function findVoice() {
  const language = (root.lang || 'zh').slice(0, 2).toLowerCase();
  voice = speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
  if (!voice) delete root.dataset.speech;
  else if (!root.dataset.speech) root.dataset.speech = 'ready';
}

/** @param {Element} element */
const shown = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';

/**
 * The texts below an element, each where it stands.
 * @param {Element} element
 * @returns {string[]}
 */
function texts(element) {
  if (element.matches(LEFT_OUT) || element.getAttribute('aria-hidden') === 'true') return [];
  if (!shown(element) && !element.matches('legend, .tb-hidden')) return [];
  if (element instanceof HTMLSelectElement) {
    const chosen = element.selectedOptions[0];
    return chosen ? [chosen.text] : [];
  }
  if (element.matches(WHOLE) && !element.querySelector(WHOLE)) {
    const text = (element instanceof HTMLElement ? element.innerText : '').replace(/\s+/g, ' ').trim();
    return text ? [text] : [];
  }
  return [...element.childNodes].flatMap((node) => {
    if (node instanceof Element) return texts(node);
    const text = node.nodeType === Node.TEXT_NODE ? (node.textContent || '').trim() : '';
    return text ? [text] : [];
  });
}

/**
 * One sentence after the other: long ones are broken off by some browsers.
 * @param {string[]} parts
 */
const sentences = (parts) => parts.flatMap((part) => part.match(/[^。！？；!?;]+[。！？；!?;]*/g) || []);

/** @param {Element[]} elements */
function read(elements) {
  speech.cancel();
  const mine = ++turn;
  const place = location.pathname;
  const queue = sentences(elements.flatMap(texts));
  root.dataset.speech = 'speaking';
  const next = () => {
    if (mine !== turn) return;
    const text = queue.shift();
    // Another page stands here now.
    if (!text || location.pathname !== place || !voice) return stop();
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = rate;
    said.onend = next;
    said.onerror = next;
    speech.speak(said);
  };
  next();
}

function stop() {
  turn++;
  speech.cancel();
  if (root.dataset.speech) root.dataset.speech = 'ready';
}

/** From the question where the person is, else from the beginning. */
function start() {
  const main = document.querySelector('main');
  if (!main) return;
  if (!question || !main.contains(question)) return read([main]);
  // A question inside another one is read with it.
  /** @param {Element} field */
  const outermost = (field) => !(field.parentElement && field.parentElement.closest('.tb-field'));
  const fields = [...main.querySelectorAll('.tb-field')];
  read(fields.slice(fields.indexOf(question)).filter((field) => field === question || outermost(field)));
}

/**
 * The button that was pressed may be shown no more: the first one that is takes the focus.
 * @param {HTMLElement} button
 */
function keepFocus(button) {
  if (shown(button) || !button.parentElement) return;
  const other = [...button.parentElement.querySelectorAll('button')].find(shown);
  if (other) other.focus({ preventScroll: true });
}

if (speech && typeof SpeechSynthesisUtterance === 'function') {
  findVoice();
  // Some browsers know their voices only after a while.
  if (speech.addEventListener) speech.addEventListener('voiceschanged', findVoice);

  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest('[data-read]');
    if (button instanceof HTMLElement) {
      if (button.dataset.read === 'slower') rate = rate === SLOWER ? 0.9 : SLOWER;
      if (button.dataset.read === 'stop') stop();
      else start();
      keepFocus(button);
    } else if (event.target.closest('a[href]')) {
      stop();
    }
  });

  // While it reads, the question that is gone to is read.
  document.addEventListener('focusin', (event) => {
    if (!(event.target instanceof Element) || event.target.closest('[data-read]')) return;
    question = event.target.closest('main .tb-field');
    if (question && root.dataset.speech === 'speaking') read([question]);
  });

  addEventListener('pagehide', stop);
}
