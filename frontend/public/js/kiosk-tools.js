// @ts-check
// The row above the kiosk's bar: one question back and on, a screen down and up, and everything lower for who sits.
import { button, element, place } from './kiosk-own.js';
import { close as closeKeyboard } from './kiosk-keyboard.js';
import { stepBack, stepOn, steps } from './kiosk-steps.js';

const LOW = 'kiosk-low';

/** @type {Record<'low' | 'up' | 'down' | 'back' | 'on', HTMLButtonElement>} */
let keys;
/** @type {HTMLElement} */
let count;

export function startTools() {
  const key = (/** @type {string} */ text, /** @type {() => void} */ press, more = '') => button(text, `tb-tools__key${more}`, press);
  keys = {
    low: key('降低布局', turnLow),
    up: key('往上看', () => turn(-1)),
    down: key('往下看', () => turn(1)),
    back: key('上一个', stepBack),
    on: key('下一个', stepOn, ' tb-tools__key--on'),
  };
  count = element('p', 'tb-tools__count', { attributes: { role: 'status' } });
  place(element('div', 'tb-tools', {
    attributes: { role: 'group', 'aria-label': '看和走' },
    inside: [keys.low, keys.up, keys.down, keys.back, count, keys.on],
  }));
  setLow(sessionStorage.getItem(LOW) === 'yes');
  new ResizeObserver(() => requestAnimationFrame(look)).observe(document.body);
  const frame = document.querySelector('.tb-frame');
  if (frame) new ResizeObserver(() => requestAnimationFrame(look)).observe(frame);
  for (const name of ['scroll', 'resize']) window.addEventListener(name, look, { passive: true, capture: true });
  tellStep();
}

/** What fits the question that is shown. */
export function tellStep() {
  if (!keys) return;
  const { at, count: all } = steps();
  keys.back.hidden = all < 2 || at === 0;
  keys.on.hidden = all < 2 || at >= all - 1;
  count.hidden = all < 2;
  const text = `第 ${at + 1} 题，共 ${all} 题`;
  if (count.textContent !== text) count.textContent = text;
  look();
}

/** There are more than one screen of it: only then the buttons are there. */
function look() {
  const part = scrolled();
  const more = part.scrollHeight - part.clientHeight;
  const at = part.scrollTop;
  for (const [key, is] of /** @type {[HTMLButtonElement, boolean][]} */ ([[keys.up, at > 8], [keys.down, more - at > 8]])) {
    key.hidden = more <= 8;
    if (key.disabled === is) key.disabled = !is;
  }
}

/** In the lower half it is the body that is scrolled. */
const scrolled = () => (document.documentElement.hasAttribute('data-low') ? document.body : document.documentElement);

/** Two lines stay in sight. @param {number} way */
function turn(way) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const main = document.querySelector('main');
  const covered = main ? parseFloat(getComputedStyle(main).paddingBottom) : 0;
  const step = Math.max(200, scrolled().clientHeight - covered - 90);
  scrolled().scrollBy({ top: way * step, behavior: calm ? 'auto' : 'smooth' });
}

function turnLow() {
  const low = !document.documentElement.hasAttribute('data-low');
  sessionStorage.setItem(LOW, low ? 'yes' : 'no');
  closeKeyboard();
  setLow(low);
}

/** @param {boolean} low */
function setLow(low) {
  if (low) document.documentElement.setAttribute('data-low', '');
  else document.documentElement.removeAttribute('data-low');
  keys.low.setAttribute('aria-pressed', String(low));
  keys.low.textContent = low ? '恢复布局' : '降低布局';
}
