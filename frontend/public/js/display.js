// @ts-check
// How pages look changes at once, without a new page: nothing that is typed is lost. The server keeps the choice in a
// cookie; what it makes of the cookie (app/domain/src/display.rs) is said here once more, for pages that were kept.

const root = document.documentElement;

/** Puts what the cookie says onto `html`. */
function show() {
  const found = /(?:^|;\s*)tb_view=([a-z.]+)/.exec(document.cookie);
  if (!found) return;
  const [mode, colours, size, told] = found[1].split('.');
  const elder = mode === 'elder';
  root.dataset.mode = mode;
  root.dataset.theme = colours === 'high' ? 'auto' : colours;
  root.dataset.contrast = elder || colours === 'high' ? 'high' : 'auto';
  root.dataset.size = elder && size === 'm' ? 'l' : size;
  root.dataset.told = told;
}

/**
 * The button that was pressed may be shown no more: the other one of the same bar takes the focus.
 * @param {HTMLFormElement} form
 */
function keepFocus(form) {
  if (form.getClientRects().length) return;
  const bar = form.closest('.tb-header__tools');
  const buttons = bar ? [...bar.querySelectorAll('form[action="/display"] button')] : [];
  const other = buttons.find((button) => button.getClientRects().length);
  const next = other || document.querySelector('main h1');
  if (!(next instanceof HTMLElement)) return;
  if (next !== other) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const body = new URLSearchParams();
  new FormData(form).forEach((value, key) => body.append(key, String(value)));
  const answer = await fetch('/display', { method: 'POST', body, headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  show();
  keepFocus(form);
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.getAttribute('action') !== '/display') return;
  event.preventDefault();
  // What cannot be sent so is sent as without script: the browser says what is wrong.
  send(form).catch(() => form.submit());
});

// What can be seen at once needs no button; without script there is one.
document.addEventListener('change', (event) => {
  const control = event.target;
  if (control instanceof HTMLInputElement && control.form && control.form.matches('.tb-display')) {
    send(control.form).catch(() => undefined);
  }
});

// A page that the browser kept was made before the choice.
addEventListener('pageshow', show);
