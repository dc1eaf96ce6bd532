// @ts-check
/** What is said under a material's question of the files on their way up. */

/**
 * @typedef {'waiting' | 'sending' | 'checking' | 'paused' | 'refused' | 'over'} State
 * @typedef {object} Task
 * @property {Place} place
 * @property {Blob} blob
 * @property {string} name
 * @property {State} state
 * @property {number} sent
 * @property {string} message
 * @property {() => void} wake
 * @property {() => void} cancel
 */

/** Where a file goes. */
export class Place {
  /** @param {HTMLFormElement} form */
  static of(form) {
    const place = new Place();
    const named = (/** @type {string} */ name) => {
      const control = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${name}"]`));
      return control ? control.value : '';
    };
    const label = form.querySelector('.tb-field__label');
    place.draft = (form.getAttribute('action') || '').replace(/\/files$/, '');
    place.path = named('path');
    place.page = named('page');
    place.label = (label && label.textContent ? label.textContent : '').trim();
    place.frame = form.dataset.frame || '';
    place.left = Number(form.dataset.left) || 1;
    return place;
  }

  isHere() {
    return location.pathname === `${this.draft}/pages/${this.page}`;
  }

  /** The element that the server made for it. None: another page is shown. */
  element() {
    if (!this.isHere()) return null;
    const places = Array.from(document.querySelectorAll('[data-progress]'));
    return places.find((place) => place.getAttribute('data-progress') === this.path) || null;
  }
}

/** @type {WeakMap<Task, {row: HTMLElement, update: () => void}>} */
const rows = new WeakMap();
/** @type {HTMLElement | undefined} */
let live;
let said = '';

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
export function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** @param {Task} task */
function words(task) {
  const percent = Math.floor((100 * task.sent) / Math.max(task.blob.size, 1));
  switch (task.state) {
    case 'waiting':
      return '排队等着上传';
    case 'sending':
      return `正在上传，已传 ${percent}%`;
    case 'checking':
      return '传完了，正在检查';
    case 'paused':
      return `网络断了，已传 ${percent}%。网络好了会接着传，请不要关掉页面`;
    default:
      return task.message;
  }
}

/** @param {Task} task */
function build(task) {
  const row = make('li', 'tb-upload');
  const isPicture = /^image\//.test(task.blob.type);
  const thumb = isPicture ? document.createElement('img') : make('span', '', task.name ? 'PDF' : '！');
  thumb.className = 'tb-upload__thumb';
  if (thumb instanceof HTMLImageElement) {
    thumb.alt = '';
    thumb.src = URL.createObjectURL(task.blob);
    thumb.onload = thumb.onerror = () => URL.revokeObjectURL(thumb.src);
  }
  const bar = /** @type {HTMLProgressElement} */ (make('progress', 'tb-progress__bar'));
  bar.setAttribute('role', 'progressbar');
  bar.setAttribute('aria-label', `上传进度：${task.name}`);
  bar.max = 100;
  const state = make('p', 'tb-upload__state');
  const buttons = make('div', 'tb-upload__remove');
  const again = make('button', 'tb-button tb-button--secondary', '现在重试');
  const cancel = make('button', 'tb-button tb-button--quiet', '取消');
  for (const button of [again, cancel]) button.setAttribute('type', 'button');
  cancel.setAttribute('aria-label', `取消上传 ${task.name}`);
  again.addEventListener('click', () => task.wake());
  cancel.addEventListener('click', () => task.cancel());
  buttons.append(again, cancel);
  row.append(thumb, make('p', 'tb-upload__name', task.name || task.place.label), state, bar, buttons);
  const update = () => {
    const text = words(task);
    if (state.textContent !== text) state.textContent = text;
    const isWrong = task.state === 'refused';
    row.classList.toggle('tb-upload--wrong', isWrong);
    row.classList.toggle('tb-upload--busy', !isWrong);
    bar.value = Math.floor((100 * task.sent) / Math.max(task.blob.size, 1));
    bar.hidden = isWrong;
    buttons.hidden = isWrong;
    again.hidden = task.state !== 'paused';
  };
  return { row, update };
}

/**
 * Puts every row where its question is, also after the page was made anew.
 * @param {Set<Task>} tasks
 */
export function show(tasks) {
  const shown = new Set();
  tasks.forEach((task) => {
    if (task.state === 'over') return;
    const made = rows.get(task) || build(task);
    rows.set(task, made);
    made.update();
    shown.add(made.row);
    const element = task.place.element();
    if (!element) return;
    const list = element.firstElementChild || element.appendChild(make('ul', 'tb-uploads'));
    list.setAttribute('role', 'list');
    if (made.row.parentElement !== list) list.appendChild(made.row);
  });
  document.querySelectorAll('[data-progress] .tb-upload').forEach((row) => {
    if (!shown.has(row)) row.remove();
  });
  document.querySelectorAll('[data-progress] .tb-uploads').forEach((list) => {
    if (!list.firstElementChild) list.remove();
  });
  announce(tasks);
}

/**
 * For those who listen: what begins, breaks, goes on and is refused, and every quarter.
 * @param {Set<Task>} tasks
 */
function announce(tasks) {
  const told = Array.from(tasks).filter((task) => task.state !== 'waiting' && task.state !== 'over' && task.place.isHere());
  const text = told
    .map((task) => {
      const quarter = Math.floor((4 * task.sent) / Math.max(task.blob.size, 1)) * 25;
      return `${task.name || task.place.label}：${task.state === 'sending' ? `正在上传，已传 ${quarter}%` : words(task)}`;
    })
    .join('。');
  if (text === said) return;
  said = text;
  if (!live) {
    live = make('div', 'tb-hidden');
    live.setAttribute('aria-live', 'polite');
    document.documentElement.appendChild(live);
  }
  live.textContent = text;
}

/**
 * What was refused before is over once another file is chosen.
 * @param {Set<Task>} tasks
 * @param {Place} place
 */
export function forget(tasks, place) {
  tasks.forEach((task) => {
    const same = task.place.draft === place.draft && task.place.path === place.path;
    if (same && task.state === 'refused') tasks.delete(task);
  });
  show(tasks);
}
