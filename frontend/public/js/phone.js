// @ts-check
// Makes the product an app of its own where it may: starts the service worker, keeps what is typed. On devices that
// others use too (shared, a worker's, a kiosk) it takes away whatever there is.
import './seal.js';

/** @type {{ able: boolean, sweep: () => Promise<void>, wipe: () => Promise<void> }} */
// @ts-ignore
const sealed = self.tongban;
const root = document.documentElement;
export const own = root.hasAttribute('data-own') && root.getAttribute('data-frame') !== 'kiosk';
const workers = navigator.serviceWorker;

/** Signing out takes everything along, also in browsers that do not know `Clear-Site-Data`. */
const SIGN_OUT = /^\/(me\/sign-out(-everywhere)?|desk\/sign-out|me\/data\/close)$/;

async function forget() {
  if (sealed.able) await sealed.wipe();
  if (self.caches) for (const name of await caches.keys()) await caches.delete(name);
  if (workers) for (const one of await workers.getRegistrations()) await one.unregister();
}

/** Tells the service worker, if there is one. @param {{ pages?: string[], changed?: string[] }} what */
export function tell(what) {
  if (own && workers && workers.controller) workers.controller.postMessage(what);
}

/** Which files this page was made of, and itself: it came before the worker did. */
function tellOfThisPage() {
  const files = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
  const all = Array.from(new Set(files));
  if (workers.controller) workers.controller.postMessage({ files: all, pages: [location.pathname + location.search] });
}

async function start() {
  if (!own) return forget();
  if (sealed.able) sealed.sweep().catch(() => undefined);
  if (!workers || location.pathname.startsWith('/desk')) return;
  const scripts = new URL('.', import.meta.url).pathname.replace(/\/$/, '');
  const style = document.querySelector('link[rel=stylesheet]');
  const client = style ? new URL(/** @type {HTMLLinkElement} */ (style).href).pathname.replace(/\W/g, '') : '';
  workers.addEventListener('controllerchange', tellOfThisPage);
  await workers.register(`/sw.js?${new URLSearchParams({ client, scripts })}`).catch(() => undefined);
}

// ---- pages that the client goes to without loading them ----

/** Whole documents ask the service worker by themselves. */
let last = location.pathname;
let told = '';

/** Called when something on the page has changed. */
function arrived() {
  if (location.pathname === last || location.pathname === told) return;
  const path = (told = location.pathname);
  setTimeout(() => {
    if (path !== location.pathname) return;
    last = path;
    tell({ pages: [path + location.search] });
  }, 1500);
}

// Without a network the client cannot read a page; the service worker may have it.
addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (navigator.onLine || !workers || !workers.controller || !(link instanceof HTMLAnchorElement)) return;
    const other = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    const here = link.origin === location.origin && link.pathname !== location.pathname;
    if (here && !other && !link.target && !link.hasAttribute('download')) event.stopPropagation();
  },
  true,
);

document.addEventListener('submit', (event) => {
  const form = event.target instanceof HTMLFormElement ? event.target : null;
  if (form && SIGN_OUT.test(form.getAttribute('action') || '')) forget().catch(() => undefined);
});

// ---- what is typed ----

/** @type {Promise<typeof import('./keep.js')> | undefined} */
let keep;
let waiting = false;

/** The browser itself has sent a form: without the client. */
function justSent() {
  try {
    return !!sessionStorage.getItem('tongban-sent');
  } catch (_) {
    return false;
  }
}

function look() {
  waiting = false;
  arrived();
  if (!keep && (document.querySelector('form[action^="/drafts/"]') || justSent())) keep = import('./keep.js');
  if (keep) keep.then((module) => module.look());
}

new MutationObserver(() => {
  if (!waiting) requestAnimationFrame(look);
  waiting = true;
}).observe(root, { childList: true, subtree: true });
look();
if (document.readyState === 'complete') start();
else addEventListener('load', start);
