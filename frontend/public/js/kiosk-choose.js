// @ts-check
// Lists that fold out have small lines and have to be scrolled: here each becomes a screen of big buttons.
import { button, element, place } from './kiosk-own.js';

const ON_A_PAGE = 12;

/** @type {HTMLElement | null} */
let sheet = null;

export function startChoosing() {
  const list = (/** @type {Event} */ event) => {
    const target = event.target instanceof Element ? event.target.closest('select') : null;
    return target && !target.disabled ? target : null;
  };
  document.addEventListener('mousedown', (event) => list(event) && event.preventDefault(), true);
  document.addEventListener('click', (event) => {
    const select = list(event);
    if (select) show(select, 0);
  }, true);
  document.addEventListener('keydown', (event) => {
    const select = list(event);
    const opens = [' ', 'Enter', 'ArrowDown', 'ArrowUp', 'F4'].includes(event.key);
    if (!select || !opens) return;
    event.preventDefault();
    show(select, 0);
  }, true);
}

export function closeChoice() {
  if (sheet) sheet.remove();
  sheet = null;
}

/** @param {HTMLSelectElement} select @param {number} page */
function show(select, page) {
  closeChoice();
  const options = Array.from(select.options).filter((option) => option.value && !option.disabled);
  const last = Math.max(0, Math.ceil(options.length / ON_A_PAGE) - 1);
  const shown = options.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE).map((option) =>
    button(option.label, 'tb-choose__one', () => take(select, option.value), {
      'aria-pressed': String(option.selected),
      'data-value': option.value,
    }));
  const turn = (/** @type {string} */ text, /** @type {number} */ to) => {
    const made = button(text, 'tb-choose__turn', () => show(select, to));
    made.disabled = to < 0 || to > last;
    return made;
  };
  const label = select.labels && select.labels.length ? select.labels[0].textContent || '' : '';
  const turns = last > 0 ? [turn('上一页', page - 1), turn('下一页', page + 1)] : [];
  sheet = place(element('div', 'tb-choose', {
    attributes: { role: 'dialog', 'aria-modal': 'true', 'aria-label': `请选${label}` },
    inside: [
      element('h2', 'tb-choose__title', { text: last > 0 ? `请选${label}（第${page + 1}页，共${last + 1}页）` : `请选${label}` }),
      element('div', 'tb-choose__list', { inside: shown }),
      element('div', 'tb-choose__turns', { inside: [...turns, button('不选，关上', 'tb-choose__turn', closeChoice)] }),
    ],
  }));
}

/** @param {HTMLSelectElement} select @param {string} value */
function take(select, value) {
  closeChoice();
  select.value = value;
  for (const name of ['input', 'change']) select.dispatchEvent(new Event(name, { bubbles: true }));
  select.focus();
}
