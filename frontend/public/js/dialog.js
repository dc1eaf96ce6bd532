// @ts-check
/** A window over the whole page, outside of what the client takes over. It closes when the page is left. */
import { make } from './upload-rows.js';

/**
 * @template T
 * @param {string} className
 * @param {string} title
 * @param {(dialog: HTMLElement, close: (value: T | null) => void) => (() => void) | void} fill returns what ends it
 * @returns {Promise<T | null>} null: left without an answer
 */
export function open(className, title, fill) {
  return new Promise((resolve) => {
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    const dialog = make('div', `tb-over ${className}`);
    const heading = make('h2', 'tb-over__title', title);
    heading.id = 'tb-over-title';
    heading.tabIndex = -1;
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-labelledby', heading.id);
    dialog.appendChild(heading);
    /** @type {(() => void) | void} */
    let end;
    let open = true;
    const leave = () => close(null);
    /** @param {T | null} value */
    const close = (value) => {
      if (!open) return;
      open = false;
      window.removeEventListener('popstate', leave);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('tongban:wipe', leave);
      document.removeEventListener('tongban:wipe', leave);
      document.removeEventListener('keydown', key, true);
      document.body.removeAttribute('inert');
      document.documentElement.classList.remove('tb-is-over');
      dialog.remove();
      if (end) end();
      if (before && before.isConnected) before.focus({ preventScroll: true });
      resolve(value);
    };
    /** @param {KeyboardEvent} event */
    const key = (event) => {
      // Another window may lie above this one: a kiosk asks whether somebody is still there.
      const at = document.activeElement;
      if (at && at !== document.documentElement && !document.body.contains(at) && !dialog.contains(at)) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        leave();
      } else if (event.key === 'Tab') {
        keepInside(dialog, event);
      }
    };
    window.addEventListener('popstate', leave);
    window.addEventListener('pagehide', leave);
    window.addEventListener('tongban:wipe', leave);
    document.addEventListener('tongban:wipe', leave);
    document.addEventListener('keydown', key, true);
    document.body.setAttribute('inert', '');
    document.documentElement.classList.add('tb-is-over');
    document.documentElement.appendChild(dialog);
    heading.focus({ preventScroll: true });
    end = fill(dialog, close);
  });
}

/**
 * @param {HTMLElement} dialog
 * @param {KeyboardEvent} event
 */
function keepInside(dialog, event) {
  const all = Array.from(dialog.querySelectorAll('button')).filter((button) => button.offsetParent && !button.disabled);
  const [first, last] = [all[0], all[all.length - 1]];
  const at = document.activeElement;
  const isOutside = !at || !dialog.contains(at) || at.tagName === 'H2';
  if (event.shiftKey ? isOutside || at === first : isOutside || at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  }
}

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} press
 */
export function button(className, text, press) {
  const made = /** @type {HTMLButtonElement} */ (make('button', `tb-button ${className}`, text));
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}
