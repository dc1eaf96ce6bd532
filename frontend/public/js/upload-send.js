// @ts-check
/** Sends one file in pieces, for as long as it takes: from where the server is, whatever happened before. */

/** @typedef {import('./upload-rows.js').Task} Task */

const PIECE_MIN = 16 << 10;
const PIECE_START = 64 << 10;
/** A piece shall be under way for about so long: long enough to be worth its request, short enough to be lost. */
const PIECE_MS = 2000;
const PIECE_LIMIT_MS = 25000;
const FINISH_LIMIT_MS = 150000;
const PAUSES_MS = [1000, 2000, 4000, 8000, 15000, 30000];

/** It cannot be used; the text says what to do. */
export class Refused extends Error {}

/** Did not get through, or there is no room at the moment. */
class Lost extends Error {
  /** @param {number} [pause] */
  constructor(pause) {
    super('lost');
    this.pause = pause || 0;
  }
}

/** @param {Blob} blob */
async function digest(blob) {
  const bytes = await new Response(blob).arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {AbortSignal} stop
 * @param {string} url
 * @param {RequestInit} init
 * @param {number} limit
 * @returns {Promise<{status: number, said: any}>}
 */
async function ask(stop, url, init, limit) {
  const control = new AbortController();
  const end = () => control.abort();
  const timer = setTimeout(end, limit);
  stop.addEventListener('abort', end);
  try {
    const headers = Object.assign({ Accept: 'application/json' }, init.headers);
    const response = await fetch(url, Object.assign({}, init, { headers, signal: control.signal, cache: 'no-store' }));
    if (response.status === 408 || response.status === 429 || response.status >= 502) {
      throw new Lost(Number(response.headers.get('Retry-After')) * 1000);
    }
    const said = response.status === 204 ? {} : await response.json();
    return { status: response.status, said };
  } catch (fault) {
    // No network, too slow, cut off in the middle, or the page of a proxy instead of an answer.
    throw fault instanceof Lost ? fault : new Lost();
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  }
}

/**
 * @param {number} status
 * @param {any} said
 */
function accept(status, said) {
  if (status < 400) return said;
  const words = said && said.error ? String(said.error) : '这个文件没有传上去，请再试一次。';
  throw new Refused(said && said.reference ? `${words}（编号：${said.reference}）` : words);
}

/**
 * @param {Task} task
 * @param {() => void} changed
 */
export async function send(task, changed) {
  const { place, blob } = task;
  const stop = new AbortController();
  /** @type {string | undefined} */
  let upload;
  const at = () => `${place.draft}/uploads/${upload}`;
  task.cancel = () => {
    task.state = 'over';
    stop.abort();
    task.wake();
    if (upload) fetch(`${at()}/cancel`, { method: 'POST', headers: { Accept: 'application/json' } }).catch(() => {});
    changed();
  };
  let [failures, lost, size] = [0, 0, PIECE_START];
  const known = { path: place.path, name: task.name, type: blob.type, size: String(blob.size), digest: '' };
  known.digest = await digest(blob);

  const begin = async () => {
    const body = new URLSearchParams(known);
    const { status, said } = await ask(stop.signal, `${place.draft}/uploads`, { method: 'POST', body }, PIECE_LIMIT_MS);
    accept(status, said);
    upload = said.upload;
    task.sent = said.offset;
  };
  const piece = async () => {
    const body = blob.slice(task.sent, task.sent + size, 'application/octet-stream');
    const headers = { 'Upload-Offset': String(task.sent) };
    const begun = performance.now();
    const { status, said } = await ask(stop.signal, at(), { method: 'POST', body, headers }, PIECE_LIMIT_MS);
    // 409: the server has less, or more, than was known here; it says how much.
    task.sent = (status === 409 ? said : accept(status, said)).offset;
    const took = performance.now() - begun;
    size = took < PIECE_MS / 2 ? Math.min(size * 2, said.piece_max || size) : took > PIECE_MS * 2 ? Math.max(size / 2, PIECE_MIN) : size;
  };
  const finish = async () => {
    task.state = 'checking';
    changed();
    const { status, said } = await ask(stop.signal, `${at()}/finish`, { method: 'POST' }, FINISH_LIMIT_MS);
    if (status !== 409) {
      accept(status, said);
      return true;
    }
    // It is not whole yet.
    task.sent = (await ask(stop.signal, at(), {}, PIECE_LIMIT_MS)).said.offset || 0;
    return false;
  };

  for (;;) {
    // The person took it back; nobody waits for the answer any more.
    if (/** @type {string} */ (task.state) === 'over') throw new Lost();
    try {
      if (!upload) await begin();
      task.state = 'sending';
      changed();
      if (task.sent >= blob.size) {
        if (await finish()) return;
      } else {
        await piece();
      }
      failures = 0;
      changed();
    } catch (fault) {
      if (/** @type {string} */ (task.state) === 'over') throw fault;
      if (fault instanceof Refused) {
        // It may be over there: after a day, or after a sign-in. Then it begins anew.
        if (!upload || lost++ > 0 || !(await isGone(stop.signal, at()))) throw fault;
        upload = undefined;
        continue;
      }
      size = Math.max(size / 2, PIECE_MIN);
      const pause = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)];
      failures += 1;
      task.state = 'paused';
      changed();
      await wait(task, Math.max(pause, fault instanceof Lost ? fault.pause : 0));
    }
  }
}

/**
 * @param {AbortSignal} stop
 * @param {string} url
 */
async function isGone(stop, url) {
  try {
    return (await ask(stop, url, {}, PIECE_LIMIT_MS)).status === 404;
  } catch (fault) {
    return false;
  }
}

/**
 * Until it is time, the network is back, or the person says so.
 * @param {Task} task
 * @param {number} pause
 */
function wait(task, pause) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pause);
    task.wake = () => {
      clearTimeout(timer);
      resolve(undefined);
    };
  });
}
