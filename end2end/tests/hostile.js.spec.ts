// Texts made to break out of a page, typed wherever something can be typed, and looked at wherever it is shown: nothing
// runs. That nothing changes the page itself is tested in Rust, with every text and every item.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { desk, stepForm } from './desk';
import { MZ07, fillForm } from './fill';
import { expect, settled, test } from './watch';

const list = (name: string): string[] =>
  JSON.parse(readFileSync(join(__dirname, '../../server/tests/hostile', name), 'utf8'));
/** Those that could do something in a browser. */
const TEXTS = [...list('own.json'), ...list('blns.json')].filter((text) => /[<>"'`&{$\\\u2028\u2029\u202e]|script:|data:/i.test(text));
const PAGES = { applicant: 'applicant.name', residence: 'residence.detail', account: 'account_bank' };

const ran = (page: Page) => page.evaluate(() => (window as unknown as { __xss?: unknown }).__xss);

async function looked(page: Page, address: string) {
  await page.goto(address);
  await settled(page, true);
  expect(await ran(page), address).toBeUndefined();
}

/** Presses the button, and waits until the message was taken. */
async function sent(page: Page, button: string) {
  const taken = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/messages'));
  await page.getByRole('button', { name: button, exact: true }).click();
  expect((await taken).status()).toBeLessThan(400);
}

/** As many texts as fit, cut nowhere. */
function* portions(most: number) {
  let portion = '';
  for (const text of TEXTS.filter((text) => text.length < most)) {
    if ((portion + text).length > most) {
      yield portion;
      portion = '';
    }
    portion += `${text} `;
  }
  yield portion;
}

test('no text runs on a page of a form or its review', async ({ page }) => {
  test.setTimeout(480_000);
  expect(TEXTS.length).toBeGreaterThan(200);
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  const draft = new URL(page.url()).pathname.split('/pages/')[0];
  const headers = { 'sec-fetch-site': 'same-origin' };
  const keys = Object.entries(PAGES);
  for (let at = 0; at < TEXTS.length; at += keys.length) {
    for (const [index, [key, path]] of keys.entries()) {
      const form = { [path]: TEXTS[(at + index) % TEXTS.length], account_kind: 'bank', _do: 'stay' };
      const answer = await page.request.post(`${draft}/pages/${key}`, { form, headers, maxRedirects: 0 });
      expect(answer.status(), form[path]).toBe(303);
    }
    await looked(page, `${draft}/pages/${keys[(at / keys.length) % keys.length][0]}`);
    await looked(page, `${draft}/review`);
  }
});

test('no text runs where people read what others wrote', async ({ page, browser }) => {
  test.setTimeout(480_000);
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, true);
  await fillForm(page, true, MZ07);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/**');
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';
  const worker = await desk(browser, true, 'binhe-3');
  for (const portion of portions(480)) {
    await looked(page, `/cases/${number}`);
    await page.getByLabel('想问什么').fill(portion);
    await sent(page, '发给工作人员');
    await looked(worker.page, `/desk/cases/${number}`);
    await worker.page.getByLabel('回复申请人').fill(portion);
    await sent(worker.page, '回复');
    expect(await ran(worker.page)).toBeUndefined();
    await looked(page, `/cases/${number}`);
  }
  await worker.page.getByRole('button', { name: '收件', exact: true }).click();
  await expect(worker.page.getByText('已完成：收件')).toBeVisible();
  const form = await stepForm(worker.page, 'ask-correction');
  await worker.page.locator('input[name="ask-correction.field"][value=account_number]').check();
  await form.locator('textarea').fill(TEXTS.slice(0, 20).join(' ').slice(0, 900));
  await form.getByRole('button', { name: '要求补正', exact: true }).click();
  await expect(worker.page.getByText('已完成：要求补正')).toBeVisible();
  await looked(worker.page, '/desk');
  await worker.close();
  await looked(page, `/cases/${number}`);
  for (const notice of await page.locator('a[href^="/notices/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
    if (!notice) continue;
    await looked(page, notice);
    await page.emulateMedia({ media: 'print' });
    expect(await ran(page)).toBeUndefined();
    await page.emulateMedia({ media: null });
    const paper = await page.request.get(`${notice}/paper.pdf`);
    expect(paper.headers()['content-type']).toBe('application/pdf');
  }
});

test('no text in an address runs', async ({ page }) => {
  test.setTimeout(400_000);
  const places = ['/items?q=', '/announcements?area=', '/track?again=', '/nothing/'];
  for (const [index, text] of TEXTS.filter((text) => /[<"']|script:/i.test(text)).entries()) {
    // A code that is none counts as a guess, and guesses from one address have an end: some must be enough.
    const place = index % 80 === 0 ? '/verify?code=' : places[index % places.length];
    await page.goto(place + encodeURIComponent(text));
    expect(await ran(page), text).toBeUndefined();
  }
});
