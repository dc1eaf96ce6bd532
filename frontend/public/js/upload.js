// @ts-check
/**
 * Files of materials go up as soon as they are chosen: looked at first (picture.js), then in pieces, so that a network
 * that breaks costs no more than the last one. Works with the client and without it; without any script the form posts.
 *
 * Whoever puts files into such a control and lets it say `change` is served alike.
 */
import { Place, show, forget } from './upload-rows.js';
import { Refused, send } from './upload-send.js';

/** @typedef {import('./upload-rows.js').Task} Task */

const NOTE = 'tongban:uploads';
const AIM = 'tongban:aim';

/** Pictures are asked about one after the other; files go up one after the other meanwhile. */
let asked = Promise.resolve();
let sent = Promise.resolve();
/** Files that the person has not been asked about yet. */
let looking = 0;
/** @type {Set<Task>} */
const tasks = new Set();

/** When the page may be changed: the client takes over what the server wrote, and must find it as it was. */
export const ready = new Promise((resolve) => {
  const root = document.documentElement;
  const there = () => root.dataset.hydrated !== undefined;
  if (there()) return resolve(undefined);
  const observer = new MutationObserver(() => there() && done());
  const done = () => {
    observer.disconnect();
    resolve(undefined);
  };
  observer.observe(root, { attributes: true });
  // Where the client never comes, the page is the server's.
  const wait = 'WebAssembly' in window ? 20000 : 0;
  window.addEventListener('load', () => setTimeout(done, wait));
});

/** @param {Element | null} element */
function formOf(element) {
  const form = element && element.closest('form[data-upload]');
  return form instanceof HTMLFormElement ? form : null;
}

/** @param {HTMLFormElement} form */
function start(form) {
  const input = /** @type {HTMLInputElement | null} */ (form.querySelector('input[type=file]'));
  if (!input || !input.files || !input.files.length) return;
  // Digests are for safe connections alone: elsewhere the form does what it does without script.
  if (!window.crypto || !crypto.subtle) return form.submit();
  const files = Array.from(input.files);
  input.value = '';
  const place = Place.of(form);
  forget(tasks, place);
  files.forEach((file, index) => take(place, file, files.length > 1 ? `第 ${index + 1} 张，共 ${files.length} 张` : ''));
}

/** @param {File} file */
const isPicture = (file) => /^image\//.test(file.type) || /\.(jpe?g|png|hei[cf]|webp)$/i.test(file.name);

/**
 * @param {Place} place
 * @param {File} file
 * @param {string} which
 */
function take(place, file, which) {
  looking += 1;
  asked = asked.then(async () => {
    let blob = /** @type {Blob | null | undefined} */ (file);
    if (isPicture(file)) {
      try {
        const { edit } = await import('./picture.js');
        blob = await edit(file, { which, label: place.label });
      } catch (fault) {
        // The module did not get through, or the picture cannot be opened here: the server may know what to do.
        blob = file;
      }
    }
    if (blob) push(place, blob, nameOf(file.name, blob));
    looking -= 1;
  });
}

/**
 * A picture that was encoded anew is a JPEG, whatever it was.
 * @param {string} name
 * @param {Blob} blob
 */
function nameOf(name, blob) {
  if (blob instanceof File || blob.type !== 'image/jpeg') return name;
  return `${name.replace(/\.[^.]*$/, '')}.jpg`;
}

/**
 * @param {Place} place
 * @param {Blob} blob
 * @param {string} name
 */
function push(place, blob, name) {
  /** @type {Task} */
  const task = { place, blob, name, state: 'waiting', sent: 0, message: '', wake: () => {}, cancel: () => {} };
  task.cancel = () => {
    task.state = 'over';
    tasks.delete(task);
    show(tasks);
  };
  tasks.add(task);
  show(tasks);
  sent = sent.then(() => run(task));
}

/** @param {Task} task */
async function run(task) {
  if (task.state === 'over') return;
  try {
    await send(task, () => show(tasks));
    tasks.delete(task);
    show(tasks);
    if (task.place.isHere()) refresh();
  } catch (fault) {
    if (fault instanceof Refused) {
      task.state = 'refused';
      task.message = fault.message;
    } else {
      tasks.delete(task);
      if (task.state !== 'over') throw fault;
    }
    show(tasks);
  }
}

/** The client reads the page anew; without it, the browser does. */
function refresh() {
  if (window.dispatchEvent(new Event('tongban:uploaded', { cancelable: true }))) reload();
}

/** Once nothing is under way that a reload would take from the person. */
function reload() {
  const busy = looking > 0 || Array.from(tasks).some((task) => task.state !== 'refused');
  if (busy || document.querySelector('.tb-over')) setTimeout(reload, 500);
  else location.reload();
}

/**
 * With a frame to aim at. A page that was come to without a load may have been loaded under a policy without camera.
 * @param {HTMLFormElement} form
 */
async function aim(form) {
  const place = Place.of(form);
  const policy = /** @type {any} */ (document).featurePolicy;
  if (policy && !policy.allowsFeature('camera') && !sessionStorage.getItem(AIM)) {
    sessionStorage.setItem(AIM, place.path);
    location.reload();
    return;
  }
  sessionStorage.removeItem(AIM);
  const { aim: shoot } = await import('./camera.js');
  const input = /** @type {HTMLElement | null} */ (form.querySelector('input[type=file]'));
  await shoot(place, (blob, name) => push(place, blob, name), () => input && input.click());
}

/** What was under way when the page was left is not kept on the device: the person chooses it again, and it goes on. */
function note() {
  const open = Array.from(tasks).filter((task) => task.state !== 'refused');
  if (open.length) sessionStorage.setItem(NOTE, JSON.stringify(open.map((task) => [task.place.draft, task.place.path])));
}

function recall() {
  const noted = JSON.parse(sessionStorage.getItem(NOTE) || '[]');
  sessionStorage.removeItem(NOTE);
  document.querySelectorAll('form[data-upload]').forEach((form) => {
    const place = Place.of(/** @type {HTMLFormElement} */ (form));
    if (!noted.some(([draft, path]) => draft === place.draft && path === place.path)) return;
    const message = '刚才没有传完，页面就关了。请再选一次同一张照片，会接着传，不用从头来。';
    const nothing = () => {};
    const blob = new Blob();
    tasks.add({ place, blob, name: '', state: 'refused', sent: 0, message, wake: nothing, cancel: nothing });
  });
  show(tasks);
}

document.addEventListener('change', (event) => {
  const form = formOf(/** @type {Element} */ (event.target));
  if (form) ready.then(() => start(form));
});
document.addEventListener('click', (event) => {
  const target = /** @type {Element} */ (event.target);
  const button = target.closest && target.closest('[data-aim]');
  const form = formOf(button);
  if (form) aim(form);
});
window.addEventListener('pagehide', note);
window.addEventListener('online', () => tasks.forEach((task) => task.wake()));
for (const target of [window, document]) {
  target.addEventListener('tongban:wipe', () => {
    tasks.forEach((task) => task.cancel());
    tasks.clear();
    sessionStorage.removeItem(NOTE);
    show(tasks);
  });
}
if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia && HTMLCanvasElement.prototype.toBlob) {
  ready.then(() => (document.documentElement.dataset.camera = ''));
}
ready.then(() => {
  document.documentElement.dataset.uploads = '';
  // The page is made anew whenever a file has arrived, and by going on: rows stand where their question does.
  let due = 0;
  new MutationObserver(() => {
    if (tasks.size && !due) due = setTimeout(() => ((due = 0), show(tasks)), 50);
  }).observe(document.body, { childList: true, subtree: true });
  recall();
  // Chosen before the script was there, or left in the control by a reload.
  document.querySelectorAll('form[data-upload]').forEach((form) => start(/** @type {HTMLFormElement} */ (form)));
  const wanted = sessionStorage.getItem(AIM);
  if (wanted) {
    const forms = Array.from(document.querySelectorAll('form[data-upload]'));
    const form = forms.find((form) => Place.of(/** @type {HTMLFormElement} */ (form)).path === wanted);
    if (form) aim(/** @type {HTMLFormElement} */ (form));
    else sessionStorage.removeItem(AIM);
  }
});
