// @ts-check
// What is typed into the pages of a draft stays on the device, sealed, until the server has it; what could not be sent
// is sent again when there is a network. The client (or the browser, without it) sends: this script only presses the
// button again. What became of a form the client writes into its attribute `data-sent`.
import { own, tell } from './phone.js';

/** @typedef {[string, string][]} Pairs */
/** @typedef {{ pairs: Pairs, unsent: boolean }} Kept */

/** @type {{ able: boolean, put: (id: string, value: Kept) => Promise<void>, get: (id: string) => Promise<Kept | undefined>,
 *   drop: (prefix: string) => Promise<void> }} */
// @ts-ignore
const sealed = self.tongban;
const able = own && sealed.able;
const FORM = /^\/drafts\/([^/]+)\/(pages\/[^/]+|submit)$/;
const MARK = 'tongban-sent';
const PAUSES = [2, 4, 8, 15, 30, 60];
const DEVICE = matchMedia('(pointer: coarse)').matches ? '这台手机' : '这台电脑';
const WORDS = {
  kept: `已保存在${DEVICE}上`,
  sending: '正在保存…',
  submitting: '正在提交…',
  lost: able ? `没有网，内容留在${DEVICE}上，待发送。有网会自动送，也可以再按一次。` : '没有网，待发送。有网会自动送，也可以再按一次。',
  again: '上次没有送出去，请再按一次下面的按钮。',
};

/** The form at hand: of a page, or the one that submits. */
class Form {
  /** @param {HTMLFormElement} form @param {RegExpExecArray} match */
  constructor(form, match) {
    this.form = form;
    this.draft = match[1];
    this.submits = match[2] === 'submit';
    this.id = `form:${match[1]}/${match[2]}`;
    this.path = `/drafts/${match[1]}/${match[2]}`;
    /** What the server has. */
    this.before = JSON.stringify(pairs(form));
    this.typed = 0;
    this.saving = 0;
    this.sending = 0;
    this.tries = 0;
    this.filling = false;
    /** What is filled in again, and of that what has no control yet. @type {Pairs} */
    this.kept = [];
    /** @type {Pairs} */
    this.rest = [];
    if (able) this.restore().catch(() => undefined);
  }

  /** @param {keyof typeof WORDS | ''} word */
  say(word) {
    const place = this.form.querySelector('[data-kept=state]');
    if (place) place.textContent = word && WORDS[word];
    // The client's own words are no longer needed.
    if (place && word === 'lost') this.form.setAttribute('data-waits', '');
    else this.form.removeAttribute('data-waits');
  }

  // ---- keeping ----

  get lost() {
    return this.form.getAttribute('data-sent') === 'lost';
  }

  later() {
    if (this.filling) return;
    this.typed = Date.now();
    if (!able || this.submits) return;
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save().catch(() => undefined), 400);
  }

  async save() {
    clearTimeout(this.saving);
    if (!able) return;
    const unsent = this.lost;
    const typed = this.submits ? [] : pairs(this.form);
    if (!unsent && JSON.stringify(typed) === this.before) {
      await sealed.drop(this.id);
      this.say('');
      return;
    }
    const there = new Set(typed.map(([name]) => name));
    await sealed.put(this.id, { pairs: typed.concat(this.rest.filter(([name]) => !there.has(name))), unsent });
    if (!unsent && !this.form.hasAttribute('aria-busy')) this.say('kept');
  }

  // ---- filling in again ----

  async restore() {
    const kept = await sealed.get(this.id);
    if (!kept || !this.form.isConnected) return;
    if (this.submits) {
      if (kept.unsent) this.say('again');
      return;
    }
    if (JSON.stringify(kept.pairs) === JSON.stringify(pairs(this.form))) {
      if (!kept.unsent) await sealed.drop(this.id);
    } else {
      this.kept = this.rest = kept.pairs;
      const notice = this.form.querySelector('[data-kept=restored]');
      if (notice) notice.removeAttribute('hidden');
      this.say('kept');
      await this.fill();
    }
    if (kept.unsent && !navigator.onLine) {
      this.say('lost');
      this.form.setAttribute('data-sent', 'lost');
    } else if (kept.unsent) {
      this.say('again');
    }
  }

  /** Answers bring up questions, lists are read, the client comes late: again and again, until nothing is left. */
  async fill() {
    const begun = Date.now();
    this.filling = true;
    for (let calm = 0; this.rest.length && calm < 20 && this.form.isConnected; ) {
      const left = this.rest.filter(([name, value]) => !setOne(this.form, name, value, this.kept));
      const moved = left.length < this.rest.length;
      this.rest = left;
      await new Promise((go) => setTimeout(go, 60));
      const alive = document.documentElement.hasAttribute('data-hydrated') || Date.now() - begun > 20_000;
      calm = moved || !alive ? 0 : calm + 1;
    }
    this.filling = false;
  }

  /** Not wanted: the page as the server has it. */
  async discard() {
    clearTimeout(this.saving);
    this.rest = [];
    await sealed.drop(this.id);
    location.reload();
  }

  // ---- sending again ----

  /** @param {string} what Where the answer led, or `lost`. */
  async sent(what) {
    clearTimeout(this.saving);
    clearTimeout(this.sending);
    if (what === 'lost') {
      this.say('lost');
      await this.save().catch(() => undefined);
      this.again();
      return;
    }
    this.tries = 0;
    this.say('');
    this.before = JSON.stringify(pairs(this.form));
    if (!this.submits) await taken(this.draft, this.path, this.id);
    else if (/^\/(cases|bundles)\//.test(what)) await over(this.draft);
    else if (able) await sealed.drop(this.id);
  }

  again() {
    clearTimeout(this.sending);
    const pause = PAUSES[Math.min(this.tries++, PAUSES.length - 1)];
    this.sending = setTimeout(() => this.attempt(), pause * 1000);
  }

  async attempt() {
    clearTimeout(this.sending);
    const waits = () => current === this && this.form.isConnected && this.lost;
    if (!waits()) return;
    const busy = document.hidden || this.filling || Date.now() - this.typed < 3000;
    if (busy || !(await reachable()) || !waits()) {
      if (waits()) this.again();
      return;
    }
    // Something has no place on this page any more, or its list could not be read: a person looks first.
    if (this.rest.length) return this.say('again');
    /** @type {HTMLElement | null} */
    const button = this.form.querySelector('.tb-actions button:not([formnovalidate])');
    this.form.removeAttribute('data-sent');
    if (button) button.click();
  }
}

/** @param {HTMLFormElement} form @returns {Pairs} */
function pairs(form) {
  /** @type {Pairs} */
  const list = [];
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string' && !name.startsWith('_')) list.push([name, value]);
  });
  return list;
}

/** Says whether it is done. @param {HTMLFormElement} form @param {string} name @param {string} value @param {Pairs} all */
function setOne(form, name, value, all) {
  /** @type {(HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement)[]} */
  const controls = Array.from(form.querySelectorAll(`[name="${CSS.escape(name)}"]`));
  const control = controls[0];
  if (!control) return value === '';
  if (control instanceof HTMLInputElement && control.type === 'hidden') return count(form, name, control.value, value);
  const boxes = controls.filter(isBox);
  if (boxes.length) {
    const wanted = all.filter((pair) => pair[0] === name).map((pair) => pair[1]);
    if (!boxes.some((box) => box.value === value)) return false;
    for (const box of boxes) {
      if (box.checked !== wanted.includes(box.value)) box.click();
    }
    return true;
  }
  // Lists of areas stand under one name; each code is in one of them.
  const lists = control instanceof HTMLSelectElement;
  if (lists && !value) return true;
  const target = lists ? controls.find((one) => has(one, value)) : control;
  if (!target) return false;
  if (target.value !== value) {
    target.value = value;
    for (const kind of target instanceof HTMLSelectElement ? ['input', 'change'] : ['input']) {
      target.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  return true;
}

/** @param {Element} control @returns {control is HTMLInputElement} */
const isBox = (control) => control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type);

/** @param {Element} list @param {string} value */
const has = (list, value) =>
  list instanceof HTMLSelectElement && Array.from(list.options).some((option) => option.value === value);

/** How many of a group there are. @param {HTMLFormElement} form @param {string} name @param {string} is @param {string} wanted */
function count(form, name, is, wanted) {
  if (is === wanted || !/^\d+$/.test(wanted)) return true;
  // Without the client the button would send the page.
  if (!document.documentElement.hasAttribute('data-hydrated')) return false;
  const act = Number(is) < Number(wanted) ? `add:${name}` : `remove:${name}:${Number(is) - 1}`;
  /** @type {HTMLElement | null} */
  const button = form.querySelector(`button[value="${CSS.escape(act)}"]`);
  if (button) button.click();
  return false;
}

const reachable = () =>
  navigator.onLine ? fetch('/healthz', { cache: 'no-store' }).then((answer) => answer.ok, () => false) : Promise.resolve(false);

/** The server has the page. @param {string} draft @param {string} path @param {string} id */
async function taken(draft, path, id) {
  if (able) await sealed.drop(id);
  tell({ changed: [path, `/drafts/${draft}/review`], pages: [path] });
}

/** Submitted, or thrown away. @param {string} draft */
async function over(draft) {
  if (!able) return;
  await sealed.drop(`form:${draft}/`);
  await sealed.drop(`page:/drafts/${draft}/`);
}

// ---- the page ----

/** @type {Form | undefined} */
let current;

/** Called when something on the page has changed. */
export function look() {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector('#page-form, form[action^="/drafts/"][action$="/submit"]');
  const match = form && FORM.exec(form.getAttribute('action') || '');
  if (!form || !match) current = undefined;
  else if (!current || current.form !== form || current.path !== match[0]) current = new Form(form, match);
}

/** @param {Event} event */
const mine = (event) => (current && event.target instanceof Node && current.form.contains(event.target) ? current : undefined);

for (const kind of ['input', 'change']) {
  document.addEventListener(kind, (event) => {
    const form = mine(event);
    if (form) form.later();
  });
}

document.addEventListener('click', (event) => {
  const form = mine(event);
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (!form || !button) return;
  if (button.closest('[data-kept]')) form.discard();
  // Another of a group, or one less.
  else if (/^(add|remove):/.test(button.value)) form.later();
});

// Without the client the browser sends, and another page follows.
document.addEventListener('submit', (event) => {
  const form = mine(event);
  if (!form || event.defaultPrevented) return;
  if (navigator.onLine) {
    sessionStorage.setItem(MARK, JSON.stringify({ draft: form.draft, path: form.path, id: form.id }));
    return;
  }
  event.preventDefault();
  form.form.setAttribute('data-sent', 'lost');
});

/** A page that follows on one which the browser itself sent: the server had that one. */
function afterSending() {
  const mark = sessionStorage.getItem(MARK);
  if (!mark) return;
  sessionStorage.removeItem(MARK);
  const { draft, path, id } = JSON.parse(mark);
  const from = document.referrer && new URL(document.referrer).pathname;
  if (/^\/(cases|bundles)\//.test(location.pathname)) over(draft).catch(() => undefined);
  else if (path.endsWith('/submit') || location.pathname === path || from !== path) return;
  else taken(draft, path, id).catch(() => undefined);
}

new MutationObserver((changes) => {
  for (const { target, attributeName } of changes) {
    if (!(target instanceof HTMLFormElement) || !attributeName) continue;
    const action = FORM.exec(target.getAttribute('action') || '');
    const discarded = /^\/drafts\/([^/]+)\/discard$/.exec(target.getAttribute('action') || '');
    const sent = target.getAttribute('data-sent');
    if (discarded && sent && sent !== 'lost') over(discarded[1]).catch(() => undefined);
    if (!action || !current || current.form !== target) continue;
    if (attributeName === 'aria-busy' && target.hasAttribute('aria-busy')) current.say(current.submits ? 'submitting' : 'sending');
    if (attributeName === 'data-sent' && sent) current.sent(sent).catch(() => undefined);
  }
}).observe(document.documentElement, { attributes: true, attributeFilter: ['data-sent', 'aria-busy'], subtree: true });

addEventListener('online', () => current && current.attempt());
document.addEventListener('visibilitychange', () => {
  if (!current) return;
  if (document.hidden && current.typed) current.save().catch(() => undefined);
  else current.attempt();
});
afterSending();
