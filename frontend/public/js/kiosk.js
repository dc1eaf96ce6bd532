// @ts-check
// What a kiosk's browser does beside the pages: every other browser leaves at the first line.
import { button, element, place, whenReady } from './kiosk-own.js';
import { closeChoice, startChoosing } from './kiosk-choose.js';
import { startGuard } from './kiosk-guard.js';
import { startIdle } from './kiosk-idle.js';
import { startKeyboard } from './kiosk-keyboard.js';
import { isLeaving, leave } from './kiosk-leave.js';
import { hasSession, post, startLine } from './kiosk-line.js';
import { startSteps, stepBack } from './kiosk-steps.js';
import { startTools, tellStep } from './kiosk-tools.js';

const SAID_MS = 10_000;

const atStart = () => location.pathname === '/kiosk' || location.pathname.startsWith('/kiosk/enrol');

function start() {
  startGuard();
  startBar();
  startLine({ over: leave, leave });
  startIdle({ inUse: () => (!atStart() || hasSession()) && !isLeaving(), leave });
  document.addEventListener('tongban:picture', picture);
  // A page that the browser kept is not somebody else's to see.
  window.addEventListener('pageshow', (event) => event.persisted && location.replace('/kiosk'));
  // Before the client's: a step back from the start would lead to the pages of whoever was here before.
  window.addEventListener('popstate', (event) => {
    if (!guarded) return;
    event.stopImmediatePropagation();
    history.pushState(null, '', '/kiosk');
  }, true);
  whenReady(() => {
    startChoosing();
    startKeyboard();
    startTools();
    startSteps(tellStep);
    startPlaces();
  });
}

/** On the start page one step back leads to itself. */
let guarded = false;

/** Pages change without being loaded. */
function startPlaces() {
  let last = '';
  const look = () => {
    if (location.pathname === last) return;
    last = location.pathname;
    closeChoice();
    guarded = atStart();
    if (!guarded) return;
    if (!history.state || !history.state.kiosk) history.pushState({ kiosk: true }, '', location.href);
    const said = /** @type {HTMLElement | null} */ (document.querySelector('[data-kiosk-said]'));
    if (said) {
      setTimeout(() => {
        said.hidden = true;
        if (atStart()) history.replaceState(history.state, '', '/kiosk');
      }, SAID_MS);
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
}

/** The four keys that are always there. Without this script they are links and forms. */
function startBar() {
  document.addEventListener('click', (event) => {
    const key = event.target instanceof Element ? event.target.closest('[data-kiosk="back"], [data-kiosk="restart"]') : null;
    if (!key || key.getAttribute('data-kiosk') !== 'back') return;
    const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector('main .tb-back'));
    const stepped = stepBack();
    if (!stepped && !link) return; // to the start
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!stepped && link) link.click();
  }, true);
  document.addEventListener('submit', (event) => {
    const form = event.target instanceof Element ? event.target.closest('form[data-kiosk]') : null;
    if (!form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.getAttribute('data-kiosk') === 'leave') void leave();
    else void call(form);
  }, true);
}

/** Instead of the machine's folders: its camera, or the ways there are without one. @param {Event} event */
function picture(event) {
  const { input } = /** @type {CustomEvent<{ input: HTMLInputElement }>} */ (event).detail;
  const camera = input.parentElement && input.parentElement.querySelector('.tb-devices__key button');
  if (camera instanceof HTMLElement) {
    camera.click();
    return;
  }
  const sheet = place(element('div', 'tb-choose', {
    attributes: { role: 'alertdialog', 'aria-modal': 'true', 'aria-labelledby': 'tb-picture' },
    inside: [
      element('h2', 'tb-choose__title', { text: '这台机器现在不能拍照', attributes: { id: 'tb-picture' } }),
      element('p', '', { text: '可以把填到一半的带到手机上，用手机拍；或者按“呼叫工作人员”。' }),
      element('div', 'tb-choose__turns', { inside: [button('知道了', 'tb-choose__turn', () => sheet.remove())] }),
    ],
  }));
}

/** @param {Element} form */
async function call(form) {
  const key = form.querySelector('button');
  if (!key || key.disabled) return;
  const before = key.textContent;
  key.disabled = true;
  const answer = await post('/kiosk/call').catch(() => null);
  key.textContent = answer && answer.ok ? '已经呼叫，请稍等' : '没有叫到，请再按';
  setTimeout(() => {
    key.disabled = false;
    key.textContent = before;
  }, SAID_MS);
}

if (document.documentElement.dataset.frame === 'kiosk') start();
