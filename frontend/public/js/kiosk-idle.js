// @ts-check
// Nobody touches the screen: it asks, counts, and clears.
import { button, element, placeAbove } from './kiosk-own.js';
import { beat, touched } from './kiosk-line.js';

export const QUIET_S = 60;
export const COUNT_S = 30;
/** So often in a row it can be put off without doing anything else. */
export const EXTENSIONS = 3;

const idle = {
  /** When somebody was here last. */ since: 0,
  extended: 0,
  /** @type {HTMLElement | null} */ dialog: null,
  /** When it is over. */ end: 0,
};

/** @param {{ inUse: () => boolean, leave: () => void }} kiosk */
export function startIdle({ inUse, leave }) {
  idle.since = Date.now();
  for (const name of ['pointerdown', 'keydown', 'input', 'wheel']) {
    document.addEventListener(name, () => {
      if (idle.dialog) return; // only its own button puts it off
      idle.since = Date.now();
      idle.extended = 0;
      touched();
    }, { capture: true, passive: true });
  }
  setInterval(() => {
    if (!inUse()) {
      idle.since = Date.now();
      return;
    }
    if (idle.dialog) count(leave);
    else if (Date.now() - idle.since >= QUIET_S * 1000) ask(leave);
  }, 250);
}

/** @param {() => void} leave */
function ask(leave) {
  idle.end = Date.now() + COUNT_S * 1000;
  const left = EXTENSIONS - idle.extended;
  const more = left > 0
    ? `没有人操作，${COUNT_S}秒后清除屏幕上的内容。`
    : '已经等了很久。为了保护您的信息，时间到了就清除。';
  const keys = [button('结束并清除', 'tb-still__key', leave)];
  if (left > 0) keys.unshift(button('我还在', 'tb-still__key tb-still__key--stay', stay));
  const dialog = element('dialog', 'tb-still', {
    attributes: { role: 'alertdialog', 'aria-labelledby': 'tb-still', 'aria-describedby': 'tb-still-more' },
    inside: [element('div', 'tb-still__box', { inside: [
      element('h2', 'tb-still__title', { text: '还在吗？', attributes: { id: 'tb-still' } }),
      element('p', 'tb-still__count', { text: String(COUNT_S), attributes: { role: 'timer' } }),
      element('p', 'tb-still__more', { text: more, attributes: { id: 'tb-still-more' } }),
      element('div', 'tb-still__keys', { inside: keys }),
    ] })],
  });
  idle.dialog = placeAbove(dialog);
  keys[0].focus();
}

function stay() {
  if (!idle.dialog) return;
  idle.dialog.remove();
  idle.dialog = null;
  idle.extended += 1;
  idle.since = Date.now();
  touched();
  void beat(); // the server counts too
}

/** @param {() => void} leave */
function count(leave) {
  const seconds = Math.max(0, Math.ceil((idle.end - Date.now()) / 1000));
  const shown = idle.dialog && idle.dialog.querySelector('.tb-still__count');
  if (shown && shown.textContent !== String(seconds)) shown.textContent = String(seconds);
  if (seconds === 0) leave();
}
