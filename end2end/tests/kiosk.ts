// A kiosk, enrolled as in life, and a resident who has nothing but its screen.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Page, expect } from '@playwright/test';
import { type FormPage, confirmPictures, idOf, pageKey, png } from './fill';
import { enter, settled, watched } from './watch';

export const STANDING = { width: 1080, height: 1920 };
export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** The cookie of a device that typed the code which an administrator has made for it. */
export async function enrolled(browser: Browser): Promise<Cookies> {
  const file = join(__dirname, '../results', 'kiosk.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { url: '', cookies: [] };
  if (kept.url === process.env.TONGBAN_URL) return kept.cookies;
  const open = async () => {
    const context = await browser.newContext({ baseURL: process.env.TONGBAN_URL, locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    return { context, page: watched(await context.newPage()) };
  };
  const desk = await open();
  await enter(desk.page, 'xitong-1');
  await desk.page.goto('/desk/admin/kiosks');
  await settled(desk.page, true);
  const name = `一楼大厅${Date.now() % 100_000}号`;
  await desk.page.getByLabel('放在哪里').fill(name);
  await desk.page.getByLabel('机构代码').fill('210103005');
  await desk.page.getByRole('button', { name: '登记，生成代码' }).click();
  const code = await desk.page.locator('section, div').filter({ hasText: name }).locator('.tb-code').first().innerText();

  const device = await open();
  await device.page.goto('/kiosk/enrol');
  await device.page.getByLabel('登记代码').fill(code);
  await device.page.getByRole('button', { name: '登记', exact: true }).click();
  await device.page.waitForURL('**/kiosk');
  await expect(device.page.locator('html[data-frame=kiosk]')).toHaveCount(1);
  const cookies = (await device.context.cookies()).filter((cookie) => /tb_kiosk$/.test(cookie.name));
  expect(cookies).toHaveLength(1);
  await Promise.all([desk.context.close(), device.context.close()]);
  mkdirSync(join(__dirname, '../results'), { recursive: true });
  writeFileSync(file, JSON.stringify({ url: process.env.TONGBAN_URL, cookies }));
  return cookies;
}

/** Its scripts are at work. */
export async function ready(page: Page) {
  await settled(page, true);
  await expect(page.locator('.tb-tools')).toHaveCount(1);
}

/** What is pressed for a text: letters as they are, characters by pinyin. */
const SPELLED: Record<string, [string, string][]> = {
  张小三: [['zhang', '张'], ['xiao', '小'], ['san', '三']],
  多福路1号2单元301: [['duofulu', '多福路'], ['', '1号2单元301']],
  盛京银行: [['shengjing', '盛京'], ['yinhang', '银行']],
};

/** Writes with the keyboard on the screen into the field that has the focus. */
export async function press(page: Page, text: string) {
  const key = (name: string) => page.locator(`.tb-keys [data-key="${name}"]`);
  for (const [letters, characters] of SPELLED[text] ?? [['', text]]) {
    if (letters) {
      for (const letter of letters) await key(letter).click();
      const one = page.locator('.tb-keys__one', { hasText: new RegExp(`^${characters}$`) }).first();
      for (let turn = 0; !(await one.isVisible()) && turn < 20; turn++) await page.getByRole('button', { name: '更多' }).click();
      await one.click();
      continue;
    }
    const signs = key('signs');
    if (await signs.isVisible()) await signs.click();
    for (const letter of characters) await key(letter).click();
    if (await signs.isVisible()) await signs.click();
  }
}

async function chooseFrom(page: Page, select: string, code: string) {
  await page.locator(select).click();
  const one = page.locator(`.tb-choose [data-value="${code}"]`);
  await expect(page.locator('.tb-choose')).toBeVisible();
  while (!(await one.isVisible())) await page.locator('.tb-choose').getByRole('button', { name: '下一页' }).click();
  await one.click();
  await expect(page.locator(select)).toHaveValue(code);
}

/** Answers what is asked now; says whether there was anything to answer. */
async function answerShown(page: Page, form: FormPage, look?: () => Promise<void>) {
  for (const [path, codes] of Object.entries(form.areas ?? {})) {
    const lists = [idOf(path), `${idOf(path)}-street`, `${idOf(path)}-community`];
    if (!(await page.locator(lists[0]).isVisible())) continue;
    for (const [level, code] of codes.entries()) await chooseFrom(page, lists[level], code);
  }
  for (const [path, value] of Object.entries(form.answers ?? {})) {
    const controls = page.locator(`[name="${path}"]:not([type=hidden])`);
    if (!(await controls.first().isVisible())) continue;
    for (const text of [value].flat()) {
      const chosen = page.locator(`input[name="${path}"][value="${text}"]:is([type=radio],[type=checkbox])`);
      if (await chosen.count()) {
        if (!(await chosen.isChecked())) await page.locator(`label[for="${await chosen.getAttribute('id')}"]`).click();
      } else if ((await controls.first().inputValue()) !== text) {
        await controls.click();
        await expect(page.locator('.tb-keys')).toBeVisible();
        await look?.();
        await press(page, text);
        await expect(controls).toHaveValue(text);
      }
    }
  }
  for (const path of form.files ?? []) {
    const control = page.locator(idOf(path));
    if (!(await page.locator('.tb-material:visible', { has: control }).count())) continue;
    await control.setInputFiles(png(`${path}.png`));
    await confirmPictures(page, page.locator('.tb-material:visible'), true, 1);
    await expect(page.locator('.tb-material:visible').getByText(`${path}.jpg`)).toBeVisible();
  }
}

/** A page of the form, one question after the other. `look` is called at each. */
export async function answerPage(page: Page, form: FormPage, look?: () => Promise<void>) {
  const on = page.getByRole('button', { name: '下一个' });
  for (let question = 0; question < 60; question++) {
    await look?.();
    await answerShown(page, form, question === 0 ? look : undefined);
    if (!(await on.isVisible())) return;
    const before = await page.locator('.tb-tools__count').innerText();
    await on.click();
    await expect(page.locator('.tb-tools__count')).not.toHaveText(before);
  }
  throw new Error('the page does not end');
}

/** From question to question until "check your answers". */
export async function answerForm(page: Page, pages: Record<string, FormPage>, look?: () => Promise<void>) {
  for (let step = 0; step < 40; step++) {
    const key = pageKey(page);
    await expect(page.locator(key === 'review' ? 'form[action$="/submit"]' : `form[action$="/pages/${key}"]`)).toHaveCount(1);
    await expect(page.locator('form[aria-busy]')).toHaveCount(0);
    if (key === 'review') return;
    if (!pages[key]) throw new Error(`no answers for page ${key}`);
    await expect(page.locator('[data-kiosk-step]')).toHaveCount(1);
    await answerPage(page, pages[key], look);
    await page.locator('.tb-actions').getByRole('button', { name: '下一步' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(`/pages/${key}`), { timeout: 15_000 });
  }
  throw new Error('the form does not end');
}

/** A browser that was not opened by the test runner knows no base. */
export const at = (path: string) => `${process.env.TONGBAN_URL}${path}`;

/** From the first screen to the first page of MZ07. */
export async function beginForm(page: Page) {
  await page.goto(at('/items/MZ07/apply'));
  await ready(page);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await expect(page.locator('[data-kiosk-step]')).toHaveCount(1);
}

/** What is too small on the screen as it stands, in the kiosk's numbers: text 28 px, headings 44, targets 96, 16 between. */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const seen = (node: Element) => {
      const box = node.getBoundingClientRect();
      const style = getComputedStyle(node);
      return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.clipPath === 'none' && style.clip === 'auto';
    };
    const name = (node: Element) => `${node.tagName.toLowerCase()}.${node.className} ${(node.textContent ?? '').trim().slice(0, 20)}`;
    for (const node of document.querySelectorAll('body *, .tb-tools *, .tb-keys *, .tb-choose *, .tb-still *, .tb-away *')) {
      const own = [...node.childNodes].some((child) => child.nodeType === 3 && (child.textContent ?? '').trim());
      if (!own || !seen(node) || node.closest('.tb-hidden, .tb-skip, script, style, option, svg')) continue;
      const size = parseFloat(getComputedStyle(node).fontSize);
      const least = /^H[1-6]$/.test(node.tagName) ? 44 : 28;
      if (size < least - 0.01) faults.push(`text ${size}px: ${name(node)}`);
    }
    const targets = [...document.querySelectorAll('a[href], button, select, input:not([type=hidden]), textarea, summary')]
      .filter((node) => seen(node) && !node.closest('.tb-hidden, .tb-skip') && !node.matches('.tb-hidden'))
      .map((node) => {
        // The label around a small box is what is pressed.
        const choice = node.matches('[type=radio], [type=checkbox]') ? node.closest('.tb-choice') : null;
        return choice ?? node;
      });
    const boxes = targets.map((node) => ({ node, box: node.getBoundingClientRect() }));
    for (const { node, box } of boxes) {
      if (box.width < 95.5 || box.height < 95.5) faults.push(`target ${Math.round(box.width)}×${Math.round(box.height)}: ${name(node)}`);
    }
    for (const group of ['.tb-kiosk__bar', '.tb-tools', '.tb-keys', '.tb-choose__list', '.tb-choices', '.tb-actions', '.tb-still__keys']) {
      const inside = boxes.filter(({ node }) => node.closest(group));
      for (const [index, one] of inside.entries()) {
        for (const other of inside.slice(index + 1)) {
          const across = Math.max(other.box.left - one.box.right, one.box.left - other.box.right);
          const down = Math.max(other.box.top - one.box.bottom, one.box.top - other.box.bottom);
          if (Math.max(across, down) < 15.5) faults.push(`gap ${Math.round(Math.max(across, down))}px: ${name(one.node)} | ${name(other.node)}`);
        }
      }
    }
    return faults;
  });
}
