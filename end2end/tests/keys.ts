// A person without a mouse: goes to controls by Tab, and sees at every stop where the focus is.
import { type Page, expect } from '@playwright/test';

/** What has the focus: its name as it is read out, its `name` and value, and whether it can be seen that it has it. */
function focused() {
  const e = document.activeElement as HTMLInputElement | null;
  if (!e || e === document.body) return { name: '', control: '', value: '', kind: 'body', seen: true };
  const labels = e.labels ? [...e.labels].map((label) => label.textContent).join(' ') : '';
  const name = e.getAttribute('aria-label') || labels || (e.tagName === 'SELECT' ? '' : e.textContent) || '';
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== 'transparent';
  // The main part of the page is gone to by the skip link alone: nothing is pressed there.
  const seen = e.id === 'main' || (outlined && box.width > 1 && box.bottom > 0 && box.top < innerHeight);
  return { name: name.replace(/\s+/g, ' ').trim(), control: e.name ?? '', value: e.value ?? '', kind: e.type || e.tagName, seen };
}

type Focused = ReturnType<typeof focused>;

const STOPS_MAX = 150;

export function keys(page: Page) {
  const now = () => page.evaluate(focused);

  /** Tab by Tab, until a control is found. */
  const go = async (wanted: (at: Focused) => boolean, what: string) => {
    const passed: string[] = [];
    for (let stop = 0; stop < STOPS_MAX; stop++) {
      await page.keyboard.press('Tab');
      const at = await now();
      expect(at.seen, `the focus is seen on ${at.name || at.control} (${at.kind})`).toBe(true);
      if (wanted(at)) return at;
      passed.push(at.name.slice(0, 12));
    }
    throw new Error(`no ${what} is reached: ${passed.join(' · ')}`);
  };

  /** A control by its accessible name. */
  const to = (name: string | RegExp) =>
    go((at) => (typeof name === 'string' ? at.name === name : name.test(at.name)), String(name));

  const press = async (name: string | RegExp, key = 'Enter') => {
    await to(name);
    await page.keyboard.press(key);
  };

  /** A question by the path that is its controls' name. */
  const answer = async (path: string, value: string) => {
    const at = await go((at) => at.control === path, path);
    if (at.kind === 'radio') {
      for (let turn = 0; turn < 20 && (await now()).value !== value; turn++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      await expect(page.locator(`input[name="${path}"][value="${value}"]`)).toBeChecked();
    } else if (at.kind === 'checkbox') {
      await page.keyboard.press('Space');
      await expect(page.locator(`input[name="${path}"][value="${value}"]`)).toBeChecked();
    } else if (at.kind === 'select-one') {
      await choose(value);
    } else {
      await page.keyboard.press('Control+A');
      await page.keyboard.type(value);
    }
  };

  /** In the list that has the focus. */
  const choose = async (value: string) => {
    const list = page.locator(':focus');
    await expect(list.locator(`option[value="${value}"]`)).toHaveCount(1);
    const [from, wanted] = await list.evaluate(
      (select, value) => {
        const options = [...(select as HTMLSelectElement).options];
        return [(select as HTMLSelectElement).selectedIndex, options.findIndex((option) => option.value === value)];
      },
      value,
    );
    for (let step = from; step < wanted; step++) await page.keyboard.press('ArrowDown');
    await expect(list).toHaveValue(value);
  };

  /** A file, by the window that the browser opens. */
  const attach = async (path: string, file: { name: string; mimeType: string; buffer: Buffer }) => {
    const id = `f-${path.replaceAll('.', '-')}`;
    for (let stop = 0; stop < STOPS_MAX; stop++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((id) => document.activeElement?.id === id, id)) break;
    }
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Space');
    await (await chooser).setFiles(file);
  };

  return { now, to, press, answer, choose, attach };
}
