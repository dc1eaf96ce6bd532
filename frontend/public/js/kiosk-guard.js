// @ts-check
// No way out of the frame: no menu, no zoom, no other window, no page of elsewhere, no file of the machine.
import { isTyped } from './kiosk-keys.js';

/** @param {Event} event */
const never = (event) => event.preventDefault();
const early = { capture: true, passive: false };

export function startGuard() {
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'copy', 'cut', 'paste', 'gesturestart', 'auxclick']) {
    document.addEventListener(name, never, early);
  }
  document.addEventListener('selectstart', (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (!isTyped(at)) event.preventDefault();
  }, early);
  document.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), early);
  document.addEventListener('touchmove', (event) => event.touches.length > 1 && event.cancelable && event.preventDefault(), early);
  document.addEventListener('keydown', (event) => leads(event) && stop(event), early);
  document.addEventListener('click', (event) => forbidden(event) && stop(event), early);
  window.open = () => null;
}

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Keys that belong to the browser; those for writing and for going from field to field stay. @param {KeyboardEvent} event */
function leads(event) {
  return event.ctrlKey || event.metaKey || event.altKey || /^(F\d+|Browser.*|Launch.*|ContextMenu|PrintScreen)$/.test(event.key);
}

/** @param {MouseEvent} event */
function forbidden(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  // The window in which files are chosen shows the machine's folders. Pictures come from the camera.
  const label = target.closest('label');
  const file = target.closest('input[type=file]') || (label && label.control);
  if (file instanceof HTMLInputElement && file.type === 'file') {
    document.dispatchEvent(new CustomEvent('tongban:picture', { detail: { input: file } }));
    return true;
  }
  const link = target.closest('a[href], area[href]');
  if (!link) return false;
  const address = new URL(link.getAttribute('href') || '', location.href);
  const elsewhere = address.origin !== location.origin || link.hasAttribute('download') || event.shiftKey;
  const frame = link.getAttribute('target');
  return elsewhere || (!!frame && frame !== '_self');
}
