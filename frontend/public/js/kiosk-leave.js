// @ts-check
// Everything of the person who was here goes: from the page, from the browser, from the server. What cannot be reached
// now (the server) is waited for on an empty screen; it ends the session by itself as well.
import { element, placeAbove } from './kiosk-own.js';
import { post, stopLine } from './kiosk-line.js';

const AGAIN_MS = 4_000;
/** Devices have so long to stop what they do. */
const DEVICES_MS = 3_000;

let leaving = false;

export const isLeaving = () => leaving;

export async function leave() {
  if (leaving) return;
  leaving = true;
  stopLine();
  const cover = placeAbove(element('dialog', 'tb-cover', { attributes: { role: 'alert' }, inside: [
    element('p', 'tb-cover__text', { text: '正在清除您的内容' }),
    element('p', 'tb-cover__more', { text: '请取走身份证和材料' }),
  ] }));
  /** @type {Promise<unknown>[]} */
  const waits = [];
  // Card reader, camera and printer have their own script: it adds what has to be waited for.
  document.dispatchEvent(new CustomEvent('tongban:wipe', { detail: { waits } }));
  emptyPage();
  waits.push(emptyBrowser());
  await Promise.race([Promise.all(waits.map((wait) => Promise.resolve(wait).catch(() => undefined))), pause(DEVICES_MS)]);
  const location_ = await tellServer(cover);
  location.replace(location_);
}

/** Fields first: what they hold could be written into a file when the page goes. */
function emptyPage() {
  for (const video of Array.from(document.querySelectorAll('video'))) {
    if (video.srcObject instanceof MediaStream) video.srcObject.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  for (const field of Array.from(document.querySelectorAll('input, textarea'))) {
    if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type !== 'hidden')) field.value = '';
  }
  const picked = getSelection();
  if (picked) picked.removeAllRanges();
  document.title = '通办';
  document.body.hidden = true;
}

async function emptyBrowser() {
  localStorage.clear();
  sessionStorage.clear();
  // One that was set for a part of the addresses goes only by naming that part.
  const parts = location.pathname.split('/');
  for (const cookie of document.cookie.split('; ')) {
    for (let length = 1; length <= parts.length; length++) {
      document.cookie = `${cookie.split('=')[0]}=; Max-Age=0; Path=${parts.slice(0, length).join('/') || '/'}`;
    }
  }
  emptyClipboard();
  const databases = indexedDB.databases ? await indexedDB.databases() : [];
  for (const { name } of databases) if (name) indexedDB.deleteDatabase(name);
  if ('caches' in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
  await Promise.all(workers.map((worker) => worker.unregister()));
}

/** A browser may refuse this without asking anybody, and then the clipboard was never ours to fill. */
function emptyClipboard() {
  if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText('').catch(() => undefined);
}

/** Until it has answered: nobody's page may follow on this screen. @param {HTMLElement} cover */
async function tellServer(cover) {
  for (;;) {
    try {
      const answer = await post('/kiosk/leave');
      if (answer.ok) return String((await answer.json()).location || '/kiosk');
      // This device is a kiosk no more, or the session was over: its start page says what is so.
      if (answer.status < 500 && answer.status !== 429) return '/kiosk';
    } catch (error) {
      // Not there: again.
    }
    cover.classList.add('tb-cover--waits');
    cover.replaceChildren(
      element('p', 'tb-cover__text', { text: '现在连不上，正在重试' }),
      element('p', 'tb-cover__more', { text: '您的内容已经从这台机器上清除。请取走身份证和材料。' }),
    );
    await pause(AGAIN_MS);
  }
}

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
