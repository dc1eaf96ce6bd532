// @ts-check
// The line to the server: it is told that this kiosk lives, and nobody walks into the browser's own page of errors.
import { button, element, place } from './kiosk-own.js';

const BEAT_MS = 30_000;
const RETRY_MS = 4_000;
const PATIENCE_MS = 5_000;
/** An answer so young says that the next one will come as well. */
const FRESH_MS = 2_000;

const line = {
  /** When the server answered last. */ heard: 0,
  away: false,
  /** Somebody touched the screen since the last beat. */ busy: false,
  /** The server had a session of somebody. */ had: false,
  timer: 0,
  /** What goes on by itself after it was held back. */ through: false,
};
/** @type {{ over: () => void, leave: () => void }} */
let tell;
/** @type {HTMLElement} */
let said;

/** @param {{ over: () => void, leave: () => void }} handlers `over`: the session has ended on the server */
export function startLine(handlers) {
  tell = handlers;
  said = place(element('div', 'tb-away', {
    attributes: { role: 'status', hidden: '' },
    inside: [
      element('p', 'tb-away__text', { text: '现在连不上，正在重试。填好的内容还在，请等一会儿。' }),
      button('不等了，清除并离开', 'tb-away__leave', () => tell.leave()),
    ],
  }));
  line.heard = Date.now(); // this page came
  document.addEventListener('submit', hold, true);
  document.addEventListener('click', hold, true);
  window.addEventListener('offline', () => lost());
  window.addEventListener('online', () => void beat());
  void beat();
}

export function stopLine() {
  clearTimeout(line.timer);
  said.remove();
}

/** Somebody's things are open here, wherever the screen is. */
export const hasSession = () => line.had;

export function touched() {
  line.busy = true;
}

/** @param {string} address @param {Record<string, string>} [fields] */
export function post(address, fields = {}) {
  return fetch(address, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Accept: 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    ...(AbortSignal.timeout ? { signal: AbortSignal.timeout(PATIENCE_MS) } : {}),
  });
}

/** The device's version is the address of these scripts: it changes when one of them does. */
const version = () => new URL(import.meta.url).pathname.split('/').slice(-2)[0].slice(0, 40);
const paper = () => document.documentElement.dataset.paper || 'unknown';

/** Tells that this kiosk lives. True when there was an answer. */
export async function beat() {
  clearTimeout(line.timer);
  const busy = line.busy;
  line.busy = false;
  try {
    const answer = await post('/kiosk/alive', { version: version(), paper: paper(), ...(busy ? { busy: 'yes' } : {}) });
    if (answer.status === 404) {
      location.replace('/kiosk/enrol');
      return true;
    }
    // Too many at once is no answer, nor is a proxy's word that nobody is behind it.
    if (!answer.ok) throw new Error(String(answer.status));
    const { session } = await answer.json();
    heard();
    if (line.had && !session) tell.over();
    line.had = session;
    line.timer = window.setTimeout(beat, BEAT_MS);
    return true;
  } catch (error) {
    line.busy = line.busy || busy;
    lost();
    return false;
  }
}

function heard() {
  line.heard = Date.now();
  line.away = false;
  said.hidden = true;
}

function lost() {
  line.away = true;
  said.hidden = false;
  clearTimeout(line.timer);
  line.timer = window.setTimeout(beat, RETRY_MS);
}

/** What would lead to another page waits until the server is known to be there. @param {Event} event */
function hold(event) {
  if (line.through || event.defaultPrevented || (!line.away && Date.now() - line.heard < FRESH_MS)) return;
  const target = event.target instanceof Element ? event.target : null;
  const link = event.type === 'click' && target ? target.closest('a[href]') : null;
  const form = event.type === 'submit' && target instanceof HTMLFormElement ? target : null;
  if (!link && !form) return;
  if (link && (link.getAttribute('href') || '').startsWith('#')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = form ? /** @type {SubmitEvent} */ (event).submitter : null;
  void beat().then((there) => {
    if (!there || (form || link || document.body).isConnected === false) return;
    line.through = true;
    try {
      if (form) form.requestSubmit(submitter && submitter.isConnected ? submitter : null);
      else if (link instanceof HTMLElement) link.click();
    } finally {
      line.through = false;
    }
  });
}
