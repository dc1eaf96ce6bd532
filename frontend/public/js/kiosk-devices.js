// @ts-check
// The devices of a kiosk, through the agent on this machine (.readme/kiosk-agent.md): start by identity card, codes from
// a phone, photographs for a form, printing. A device that fails says how to go on without it. On `tongban:wipe` all ends.

const root = document.documentElement;
/** Where the agent is; none in a browser that is no kiosk's. */
const agent = root.dataset.kioskAgent || '';

const CARD_SECONDS = 30;
const SCAN_SECONDS = 40;
const CAMERA_SECONDS = 30;
const STATUS_EVERY_MS = 30000;

/** @typedef {{ code: string }} Trouble */
/** @typedef {{ state: string, paper?: { roll: string, a4: string } }} Device */
/** @typedef {{ text: string, act: () => void, main?: boolean }} Way */

/** @type {Record<string, Device>} */
let devices = {};
/** What is under way; a new one ends the one before. @type {AbortController | null} */
let underWay = null;
/** Counts wipes: what was asked before one shows nothing after it. */
let person = 0;

/**
 * Asks the agent.
 * @param {string} path
 * @param {object | null} body none: it is a question
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} rejects with a Trouble
 */
async function ask(path, body, signal) {
  let response;
  try {
    response = await fetch(agent + path, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
  } catch (error) {
    throw { code: signal && signal.aborted ? 'cancelled' : 'no-agent' };
  }
  const said = await response.json().catch(() => ({}));
  if (!response.ok) throw { code: said.code || 'failed' };
  return said;
}

/** @returns {AbortSignal} */
function begin() {
  if (underWay) underWay.abort();
  underWay = new AbortController();
  return underWay.signal;
}

/**
 * Everything ends: also what waits at the agent.
 * @returns {Promise<unknown>} when nothing is held any more
 */
function stop() {
  person += 1;
  if (underWay) underWay.abort();
  underWay = null;
  close();
  // Without a body and a header it goes out at once, also from a page that is left.
  return fetch(agent + '/cancel', { method: 'POST', keepalive: true, credentials: 'omit' }).catch(() => undefined);
}

// ---- what is said ----

/** @type {HTMLElement | null} */
let box = null;

/**
 * Says one thing in the middle of the screen. After the body, which belongs to the page's own program; not in the top
 * layer, since the question whether somebody is still there, and the keys to call and to leave, lie above it.
 * @param {string} title
 * @param {string} text
 * @param {Way[]} ways
 */
function say(title, text, ways) {
  close();
  box = document.createElement('div');
  box.className = 'tb-devices';
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-labelledby', 'tb-devices-title');
  const heading = document.createElement('h2');
  heading.id = 'tb-devices-title';
  heading.textContent = title;
  heading.tabIndex = -1;
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  words.textContent = text;
  const keys = document.createElement('div');
  keys.className = 'tb-devices__keys';
  for (const way of ways) keys.append(key(way));
  const paper = document.createElement('div');
  paper.className = 'tb-devices__paper';
  paper.append(heading, words, keys);
  box.append(paper);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') cancel();
  });
  root.append(box);
  heading.focus({ preventScroll: true });
}

/** @param {Way} way */
function key({ text, act, main }) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = main ? 'tb-button' : 'tb-button tb-button--secondary';
  button.textContent = text;
  button.addEventListener('click', act);
  return button;
}

function close() {
  if (box) box.remove();
  box = null;
}

function cancel() {
  if (underWay) underWay.abort();
  underWay = null;
  close();
}

/** @type {Record<string, string>} */
const TROUBLES = {
  busy: '机器还在忙上一件事，请等几秒再试。',
  timeout: '等了一会儿，没有读到。',
  'no-device': '这台机器的这个设备没有接好。',
  'no-paper': '没有纸了。',
  'no-agent': '这台机器的设备现在连不上。',
  failed: '没有成功，设备可能出了问题。',
};

/** @returns {Way} */
function call() {
  return {
    text: '呼叫工作人员',
    act: () => {
      close();
      const button = document.querySelector('[data-kiosk="call"] button');
      if (button instanceof HTMLElement) button.click();
    },
  };
}

/**
 * A device did not do it: what happened, and every way on.
 * @param {unknown} error
 * @param {string} title
 * @param {() => void} again
 * @param {Way[]} others
 */
function fail(error, title, again, others) {
  const code = /** @type {Trouble} */ (error).code || 'failed';
  if (code === 'cancelled') return;
  say(title, TROUBLES[code] || TROUBLES.failed, [
    { text: '再试一次', act: again, main: true },
    ...others,
    call(),
    { text: '关闭', act: cancel },
  ]);
}

// ---- the identity card ----

async function readCard() {
  const here = person;
  const signal = begin();
  say('请把身份证放在读卡区', `放平，不要动。${CARD_SECONDS}秒内有效。`, [{ text: '取消', act: cancel }]);
  try {
    const card = await ask('/card/read', { seconds: CARD_SECONDS }, signal);
    if (here !== person) return;
    say('读到了', '正在打开，请稍等。身份证可以先收好。', []);
    const response = await fetch('/kiosk/card', {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams(card),
      cache: 'no-store',
      signal,
    });
    const said = await response.json().catch(() => ({}));
    if (here !== person) return;
    if (!response.ok) {
      say('没有成功', said.error || TROUBLES.failed, [
        { text: '再试一次', act: readCard, main: true },
        call(),
        { text: '关闭', act: cancel },
      ]);
      return;
    }
    location.replace(said.location);
  } catch (error) {
    if (here !== person) return;
    const byPhone = { text: '用手机号办', act: () => location.assign('/sign-in') };
    const byHand = { text: '不读卡，自己填', act: () => location.assign('/items') };
    fail(error, '没有读到身份证', readCard, [byPhone, byHand]);
  }
}

// ---- a code from the phone ----

/** @param {HTMLInputElement} input */
async function scan(input) {
  const here = person;
  const signal = begin();
  say('请把手机上的二维码对准扫码口', '屏幕调亮一点，离扫码口一拃远。', [{ text: '取消', act: cancel }]);
  try {
    const { text } = await ask('/scan', { seconds: SCAN_SECONDS }, signal);
    if (here !== person) return;
    close();
    const own = new URL(text, location.origin);
    // Addresses of ours lead where they lead; whatever else was held up is only typed in.
    if (/^https?:/.test(text) && own.origin === location.origin && /^\/(resume|cases|bundles)\//.test(own.pathname)) {
      location.assign(own.pathname);
      return;
    }
    input.value = text.slice(0, 40);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    if (input.form) input.form.requestSubmit();
  } catch (error) {
    if (here === person) fail(error, '没有扫到二维码', () => scan(input), [{ text: '自己填码', act: cancel }]);
  }
}

// ---- a photograph for a form ----

/** @param {HTMLInputElement} input */
async function capture(input) {
  const here = person;
  const signal = begin();
  say('请把材料放在拍照区', '放平，四个角都要露出来。', [{ text: '取消', act: cancel }]);
  try {
    const { media, content } = await ask('/camera/capture', { seconds: CAMERA_SECONDS }, signal);
    if (here !== person) return;
    const letters = atob(content);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
    const ending = media === 'image/png' ? 'png' : 'jpg';
    const files = new DataTransfer();
    if (input.multiple) for (const file of Array.from(input.files || [])) files.items.add(file);
    files.items.add(new File([bytes], `拍照${files.items.length + 1}.${ending}`, { type: media }));
    input.files = files.files;
    close();
    input.dispatchEvent(new Event('change', { bubbles: true }));
  } catch (error) {
    if (here === person) fail(error, '没有拍到照片', () => capture(input), []);
  }
}

// ---- printing ----

/** @param {string} address of the document, which the server makes for whose session this is */
async function print(address) {
  const here = person;
  const signal = begin();
  say('正在打印', '请在出纸口等一下。', []);
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' }, cache: 'no-store', signal });
    if (here !== person) return;
    if (!response.ok) {
      const said = await response.json().catch(() => ({}));
      say('没有打印', said.error || TROUBLES.failed, [call(), { text: '关闭', act: cancel }]);
      return;
    }
    await ask('/print', await response.json(), signal);
    if (here !== person) return;
    say('打印好了', '请从出纸口取走。', [{ text: '知道了', act: cancel, main: true }]);
  } catch (error) {
    if (here !== person) return;
    fail(error, '没有打印出来', () => print(address), [{ text: '不打印，记下编号', act: cancel }]);
  }
  look();
}

document.addEventListener(
  'click',
  (event) => {
    const place = agent && event.target instanceof Element && event.target.closest('[data-print]');
    if (!place || !event.target.closest('button')) return;
    // The page itself would open the browser's dialogue, which leads out of the frame.
    event.preventDefault();
    event.stopImmediatePropagation();
    print(place.getAttribute('data-print') || '');
  },
  true,
);

// ---- where the keys stand ----

/** Whether a device can be asked at all; one that fails now and then can. @param {string} name */
function has(name) {
  return Boolean(devices[name]) && devices[name].state !== 'absent';
}

/**
 * @param {Element} place
 * @param {string} text
 * @param {() => void} act
 */
function put(place, text, act) {
  const line = document.createElement('p');
  line.className = 'tb-devices__key';
  line.append(key({ text, act }));
  place.append(line);
}

/** Puts keys where the page at hand has a use for a device. Pages come and go without a load. */
function dress() {
  if (!root.hasAttribute('data-hydrated') && document.readyState !== 'complete') return;
  for (const place of document.querySelectorAll('[data-kiosk-device="card-reader"]')) {
    if (!place.firstChild && has('card')) put(place, '用身份证办：把卡放上就能开始', readCard);
  }
  for (const input of document.querySelectorAll('form[action="/resume"] input[name="code"]:not([type="hidden"])')) {
    const form = /** @type {HTMLInputElement} */ (input).form;
    if (form && !form.querySelector('.tb-devices__key') && has('scan')) {
      put(form, '扫手机上的码', () => scan(/** @type {HTMLInputElement} */ (input)));
    }
  }
  for (const input of document.querySelectorAll('input[type="file"]')) {
    const place = input.parentElement;
    if (place && !place.querySelector('.tb-devices__key') && has('camera')) {
      put(place, '用这台机器拍照', () => capture(/** @type {HTMLInputElement} */ (input)));
    }
  }
}

/** How the devices are. What the paper is stands on the document, for whoever reports it. */
async function look() {
  try {
    devices = (await ask('/status', null)).devices || {};
  } catch (error) {
    devices = {};
  }
  const paper = devices.printer && devices.printer.paper;
  const stocks = paper ? [paper.roll, paper.a4] : [];
  root.dataset.paper = ['out', 'low', 'ok'].find((stock) => stocks.includes(stock)) || 'unknown';
  dress();
}

if (agent) {
  // Whoever presses where files are chosen gets the camera: the machine's folders are nobody's to see.
  document.addEventListener('tongban:picture', (event) => {
    const { input } = /** @type {CustomEvent} */ (event).detail || {};
    if (input) capture(input);
  });
  document.addEventListener('tongban:wipe', (event) => {
    const ended = stop();
    const { waits } = /** @type {CustomEvent} */ (event).detail || {};
    if (waits) waits.push(ended);
  });
  // Somebody may have left by another way: the first page begins with nothing held.
  if (location.pathname === '/kiosk' && location.search.includes('left=')) stop();
  new MutationObserver(dress).observe(root, { childList: true, subtree: true, attributeFilter: ['data-hydrated'] });
  setInterval(look, STATUS_EVERY_MS);
  look();
}
