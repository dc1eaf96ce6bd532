// @ts-check
// The service worker of a device of one's own: pages that were open once open again without a network.
//
// Files of the client have names that say what is in them: kept as they come. Pages are asked for first, and kept sealed
// (js/seal.js), since any of them can say something of a person; what the server refuses is forgotten. A form that is
// sent (POST) is never touched. Its address says of which server it is, so another server's worker replaces it.
const asked = new URL(self.location.href).searchParams;
const scripts = asked.get('scripts') || '';
if (!/^\/js\/\w+$/.test(scripts)) throw new Error('no such scripts');
importScripts(`${scripts}/seal.js`);

/** @type {ServiceWorkerGlobalScope} */
// @ts-ignore
const worker = self;
// @ts-ignore
const { able, put, get, drop, sweep } = self.tongban;

const CACHE = `tongban ${asked.get('client')} ${scripts}`;
const OFFLINE = '/offline';
const FILES = /^\/(pkg\/\w+\/pkg|js\/\w+)\//;
const AREAS = /^\/areas\//;
/** What is opened again: public pages, the forms of a draft, receipts. Not an account's own pages, nor one-time links. */
const PAGES = /^\/($|items|events\/|about$|certificates$|drafts\/[^/]+\/(pages\/|review$)|(cases|bundles)\/[^/]+$)/;
const PATIENCE = 4000;
const HEADERS = ['content-type', 'content-security-policy'];

worker.addEventListener('install', (event) => {
  worker.skipWaiting();
  event.waitUntil(begin());
});

async function begin() {
  const cache = await caches.open(CACHE);
  const page = await fetch(OFFLINE, { cache: 'no-cache' });
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(await page.clone().text());
  await cache.put(OFFLINE, page);
  if (style) await cache.add(style[1]);
}

worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
  // Pages of another server ask for files that are gone.
  if (others.length && able) await drop('page:');
  if (able) await sweep();
  if (worker.registration.navigationPreload) await worker.registration.navigationPreload.enable();
  await worker.clients.claim();
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (FILES.test(url.pathname)) event.respondWith(file(event));
  else if (AREAS.test(url.pathname)) event.respondWith(areas(event));
  else if (request.mode === 'navigate') event.respondWith(page(event, url));
});

/** @param {FetchEvent} event */
async function file(event) {
  const cache = await caches.open(CACHE);
  return (await cache.match(event.request)) || keepCopy(event, await fetch(event.request), cache);
}

/** Lists of areas change with the year. @param {FetchEvent} event */
async function areas(event) {
  const cache = await caches.open(CACHE);
  try {
    return keepCopy(event, await fetch(event.request), cache);
  } catch (fault) {
    const kept = await cache.match(event.request);
    if (kept) return kept;
    throw fault;
  }
}

/** @param {FetchEvent} event @param {Response} response @param {Cache} cache */
function keepCopy(event, response, cache) {
  if (response.status === 200) event.waitUntil(cache.put(event.request, response.clone()).catch(() => undefined));
  return response;
}

/** @param {FetchEvent} event @param {URL} url */
async function page(event, url) {
  const id = able && PAGES.test(url.pathname) ? idOf(url) : '';
  const fresh = ask(event, id);
  // Also when something else was shown meanwhile: what comes late is kept.
  event.waitUntil(fresh.catch(() => undefined));
  try {
    if (!id) return await fresh;
    const soon = await Promise.race([fresh, pause(PATIENCE)]);
    // A proxy whose server is away.
    if (soon && soon.status < 502) return soon;
    return (await opened(id)) || (await fresh);
  } catch (_) {
    const kept = id ? await opened(id) : undefined;
    return kept || (await caches.match(OFFLINE)) || Response.error();
  }
}

/** @param {FetchEvent} event @param {string} id */
async function ask(event, id) {
  const response = (await event.preloadResponse) || (await fetch(event.request));
  if (id) event.waitUntil(keep(id, response.clone()).catch(() => undefined));
  return response;
}

const pause = (/** @type {number} */ time) =>
  new Promise((/** @type {(nothing: undefined) => void} */ go) => setTimeout(() => go(undefined), time));

/** What stands behind `?` makes another page only of the list of items. @param {URL} url */
const idOf = (url) => `page:${url.pathname}${url.pathname === '/items' ? url.search : ''}`;

/** @param {string} id @param {Response} response */
async function keep(id, response) {
  const kind = response.headers.get('content-type') || '';
  if (response.status === 200 && !response.redirected && kind.startsWith('text/html')) {
    const headers = HEADERS.map((name) => [name, response.headers.get(name) || '']);
    await put(id, { headers, body: await response.text() });
  } else if (response.status < 500) {
    // Not for this browser any more: signed out elsewhere, sent, taken over.
    await drop(id);
  }
}

/** @param {string} id @returns {Promise<Response | undefined>} */
async function opened(id) {
  const kept = await get(id).catch(() => undefined);
  return kept && new Response(kept.body, { headers: kept.headers });
}

// A page says what it was made of before this worker came, which pages it came to without loading them, and which are
// no longer as they were.
worker.addEventListener('message', (event) => {
  const { files = [], pages = [], changed = [] } = event.data || {};
  event.waitUntil(told(files, pages, changed));
});

/** @param {string[]} files @param {string[]} pages @param {string[]} changed */
async function told(files, pages, changed) {
  for (const path of changed) if (able) await drop(`page:${path}`);
  const cache = await caches.open(CACHE);
  for (const path of files) {
    if (FILES.test(path) && !(await cache.match(path))) await cache.add(path).catch(() => undefined);
  }
  for (const path of pages) {
    const url = new URL(path, worker.location.href);
    if (!able || !PAGES.test(url.pathname)) continue;
    const response = await fetch(url.href, { headers: { Accept: 'text/html' } }).catch(() => undefined);
    if (response) await keep(idOf(url), response).catch(() => undefined);
  }
}
