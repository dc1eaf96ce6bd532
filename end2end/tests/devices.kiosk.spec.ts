// A kiosk with its devices, simulated by the agent: start by identity card, print, and what happens when one fails. The
// client of the pages does not come: all of it works without.
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, expect, test } from '@playwright/test';
import { startAgent } from '../server';
import { png } from './fill';
import { type Cookies, enrolled } from './kiosk';

const NUMBER = '210103194001019013';
const CARD = { name: '张小三', id_number: NUMBER, address: '辽宁省沈阳市沈河区某街1号2-1-1' };
const PHONE = '13800138000';

let agent: ChildProcess;
let folder: string;
let cookies: Cookies;

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'tongban-devices-'));
  agent = await startAgent(process.env.TONGBAN_KIOSK_AGENT_URL ?? '', process.env.TONGBAN_URL ?? '', folder);
  cookies = await enrolled(browser);
});

test.afterAll(async () => {
  agent?.kill();
  await rm(folder, { recursive: true, force: true });
});

test.beforeEach(async ({ page, context }) => {
  await rm(join(folder, 'faults'), { recursive: true, force: true });
  await mkdir(join(folder, 'faults'));
  await rm(join(folder, 'paper.json'), { force: true });
  await context.addCookies(cookies);
  await page.route('**/*.wasm', (route) => route.abort());
});

/** Moved in whole, as a card is laid down. */
async function drop(place: string, content: string) {
  const begun = join(folder, `.${place.replaceAll('/', '-')}`);
  await writeFile(begun, content);
  await rename(begun, join(folder, place));
}

const prints = () => readdir(join(folder, 'prints'));
const said = (page: Page) => page.locator('.tb-devices');
const key = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function layCard(page: Page) {
  await page.goto('/kiosk');
  await page.getByRole('button', { name: '用身份证办：把卡放上就能开始' }).click();
  await expect(said(page)).toContainText('请把身份证放在读卡区');
  await drop('card/card.json', JSON.stringify(CARD));
  await page.waitForURL('**/kiosk?card=1');
}

/** The other answers, as the forms of the pages send them. Returns the number of the case. */
async function file(page: Page, draft: string): Promise<string> {
  const origin = process.env.TONGBAN_URL ?? '';
  const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
  const area = (name: string) => ['210103', '210103005', '210103005024'].map((code) => [name, code]);
  const pages: Record<string, string[][]> = {
    applicant: [['applicant.name', CARD.name], ['applicant.id_number', NUMBER], ['applicant.phone', PHONE], ['filled_by', 'self']],
    household_area: area('household_area'),
    received: [['received_elsewhere', 'no']],
    residence: [...area('residence.area'), ['residence.detail', '某街1号2-1-1']],
    account: [['account_kind', 'bank'], ['account_bank', '盛京银行'], ['account_number', '4111111111111111'], ['account_own', 'yes']],
    promise: [['promise_true', 'yes'], ['consent_verify', 'yes']],
    delivery: [['delivery', 'electronic']],
    consents: [['consent_finance', 'yes']],
  };
  for (const [name, pairs] of Object.entries(pages)) {
    const sent = await page.request.post(`/drafts/${draft}/pages/${name}`, { headers, data: new URLSearchParams(pairs).toString(), maxRedirects: 0 });
    expect(sent.status(), name).toBe(303);
  }
  for (const path of ['file_id_card', 'file_household_book', 'file_card']) {
    const multipart = { path, page: 'materials', file: png(`${path}.png`) };
    const sent = await page.request.post(`/drafts/${draft}/files`, { headers: { origin }, multipart, maxRedirects: 0 });
    expect(sent.status(), path).toBe(303);
  }
  const sent = await page.request.post(`/drafts/${draft}/submit`, { headers, data: '', maxRedirects: 0 });
  const to = sent.headers().location ?? '';
  expect(to).toContain('/cases/');
  return to.split('/').pop()?.split('?')[0] ?? '';
}

test('who lays a card down has less to type, and takes a slip along without a number on it', async ({ page }) => {
  await layCard(page);
  await expect(page.getByText('身份证读好了：张*三')).toBeVisible();
  expect(await page.content()).not.toContain(NUMBER);
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await expect(page.locator('[name="applicant.name"]')).toHaveValue(CARD.name);
  await expect(page.locator('[name="applicant.id_number"]')).toHaveValue(NUMBER);
  const draft = new URL(page.url()).pathname.split('/')[2];
  const number = await file(page, draft);

  await page.goto(`/cases/${number}/print`);
  await expect(page.locator('.tb-slip')).toContainText(number);
  await key(page, '打印凭条').click();
  await expect(said(page)).toContainText('打印好了');
  await key(page, '知道了').click();
  await page.goto(`/cases/${number}/print?paper=a4`);
  await key(page, '打印 A4').click();
  await expect(said(page)).toContainText('打印好了');
  const files = await prints();
  expect(files.map((name) => name.split('.').pop()).sort()).toEqual(['html', 'txt']);
  for (const name of files) {
    const text = await readFile(join(folder, 'prints', name), 'utf8');
    expect(text).toContain(number);
    expect(text).toContain('张*三');
    for (const secret of [NUMBER, PHONE, CARD.name, '4111111111111111']) expect(text).not.toContain(secret);
  }

  // Who goes leaves no print, and a reader that nobody waits for.
  await page.evaluate(async () => {
    const waits: Promise<unknown>[] = [];
    document.dispatchEvent(new CustomEvent('tongban:wipe', { detail: { waits } }));
    await Promise.all(waits);
  });
  await expect(said(page)).toHaveCount(0);
  expect(await prints()).toEqual([]);
});

test('a reader that fails leads on', async ({ page }) => {
  await page.goto('/kiosk');
  await drop('faults/card', 'failed');
  await page.getByRole('button', { name: '用身份证办：把卡放上就能开始' }).click();
  await expect(said(page)).toContainText('没有读到身份证');
  for (const way of ['再试一次', '用手机号办', '不读卡，自己填', '呼叫工作人员']) await expect(key(page, way).last()).toBeVisible();
  await rm(join(folder, 'faults/card'));
  await key(page, '再试一次').click();
  await expect(said(page)).toContainText('请把身份证放在读卡区');
  await key(page, '取消').click();
  await expect(said(page)).toHaveCount(0);
  await drop('faults/card', 'failed');
  await page.getByRole('button', { name: '用身份证办：把卡放上就能开始' }).click();
  await key(page, '用手机号办').click();
  await page.waitForURL('**/sign-in');
});

test('nobody waits at a reader after a wipe', async ({ page }) => {
  await page.goto('/kiosk');
  await page.getByRole('button', { name: '用身份证办：把卡放上就能开始' }).click();
  await expect(said(page)).toBeVisible();
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('tongban:wipe', { detail: { waits: [] } })));
  await expect(said(page)).toHaveCount(0);
  await drop('card/late.json', JSON.stringify(CARD));
  await page.waitForTimeout(1_000);
  expect(new URL(page.url()).search, 'nobody was read').toBe('');
  await rm(join(folder, 'card/late.json'), { force: true });
});

test('without paper one is told what to do', async ({ page }) => {
  await layCard(page);
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  const number = await file(page, new URL(page.url()).pathname.split('/')[2]);
  await drop('paper.json', JSON.stringify({ roll: 'out', a4: 'ok' }));
  await page.goto(`/cases/${number}/print`);
  await key(page, '打印凭条').click();
  await expect(said(page)).toContainText('没有纸了');
  await expect(said(page).getByRole('button', { name: '呼叫工作人员' })).toBeVisible();
  await said(page).getByRole('button', { name: '不打印，记下编号' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-paper', 'out');
});

test('a code that is held up is typed in', async ({ page }) => {
  await page.goto('/resume');
  await page.getByRole('button', { name: '扫手机上的码' }).click();
  await drop('scan/code.txt', 'AAAAA BBBBB');
  await expect(page.locator('[name="code"]')).toHaveValue('AAAAA BBBBB');
});
