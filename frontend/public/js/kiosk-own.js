// @ts-check
// What the kiosk's scripts add to a page stands after the body: the page's own elements belong to the client, which
// walks through them when it takes over.

/**
 * @param {string} tag @param {string} className
 * @param {{ text?: string, attributes?: Record<string, string>, inside?: (Node | string)[] }} [more]
 */
export function element(tag, className, { text, attributes = {}, inside = [] } = {}) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  for (const name of Object.keys(attributes)) made.setAttribute(name, attributes[name]);
  made.append(...inside);
  return made;
}

/** @param {string} text @param {string} className @param {() => void} press @param {Record<string, string>} [attributes] */
export function button(text, className, press, attributes = {}) {
  const made = /** @type {HTMLButtonElement} */ (element('button', className, { text, attributes: { type: 'button', ...attributes } }));
  made.addEventListener('click', press);
  return made;
}

/** Stands over every page until it is removed. Pressing it takes the focus from nothing. @param {HTMLElement} part */
export function place(part) {
  part.addEventListener('mousedown', (event) => event.preventDefault());
  document.documentElement.append(part);
  return part;
}

/** Above everything, also above windows that devices have opened. @param {HTMLElement} part a dialog */
export function placeAbove(part) {
  place(part);
  part.addEventListener('cancel', (event) => event.preventDefault());
  if (part instanceof HTMLDialogElement) part.showModal();
  return part;
}

/** When the page's elements may be changed: the client has taken over, or it will not. @param {() => void} then */
export function whenReady(then) {
  const root = document.documentElement;
  const without = () => typeof WebAssembly === 'undefined' || !document.querySelector('link[href*=".wasm"], script[nonce]');
  const is = () => root.hasAttribute('data-hydrated') || (document.readyState === 'complete' && without());
  if (is()) {
    then();
    return;
  }
  const watch = new MutationObserver(() => check());
  // The client did not come: the page stays the server's, and may be changed.
  const late = setTimeout(() => done(), 10_000);
  const done = () => {
    watch.disconnect();
    clearTimeout(late);
    window.removeEventListener('load', check);
    then();
  };
  const check = () => is() && done();
  watch.observe(root, { attributes: true, attributeFilter: ['data-hydrated'] });
  window.addEventListener('load', check);
}

/** Calls back, once for many changes, before the next picture. @param {() => void} then */
export function onPageChange(then) {
  let due = false;
  const run = () => {
    due = false;
    then();
  };
  const watch = new MutationObserver(() => {
    if (!due) Promise.resolve().then(run);
    due = true;
  });
  watch.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['class', 'action', 'aria-busy', 'hidden'],
  });
}
