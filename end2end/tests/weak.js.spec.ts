// The network goes, the page is closed in the middle: nothing typed is lost, nothing is sent twice, nothing lies open.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { newPhone, signInAs } from './account';
import { MZ07, answer, arrived, fillForm, fillPage, idOf, next } from './fill';
import { expect, settled } from './watch';
import { kept, served, test } from './weak';

const NAME = idOf('applicant.name');
const state = (page: Page) => page.locator('[data-kept=state]');
const restored = (page: Page) => page.getByText('已经填回来了');

async function begin(page: Page) {
  await page.goto('/items/MZ07/apply');
  await settled(page, true);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await arrived(page);
}

test('typed without a network, reloaded, and sent by itself when it is back: one case', async ({ page, network }) => {
  await begin(page);
  await served(page);
  await network.away(page.context());
  await fillPage(page, true, MZ07.applicant);
  await next(page);
  await expect(state(page)).toContainText('待发送');
  await expect(page.getByText('网络不通，没有送出去')).toBeHidden();
  await page.reload();
  await expect(restored(page)).toBeVisible();
  await expect(page.locator(NAME)).toHaveValue('张小三');
  await expect(page.locator('input[name=filled_by][value=self]')).toBeChecked();
  await expect(state(page)).toContainText('待发送');
  await network.back(page.context());
  await page.waitForURL('**/pages/household_area');
  await fillForm(page, true, MZ07);
  // The server has taken it, and nobody hears of it.
  network.deaf();
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(state(page)).toContainText('待发送');
  await network.back();
  await page.waitForURL('**/cases/**');
  await expect.poll(() => kept(page)).not.toContainEqual(expect.stringMatching(/^(form:|page:\/drafts)/));
  await page.goto('/');
  const cases = page.locator('main a[href^="/cases/"]');
  await expect(cases).toHaveCount(1);
});

test('closed in the middle of typing: filled in again, also without a network, and thrown away on demand', async ({ page, network, context }) => {
  await begin(page);
  await served(page);
  const address = page.url();
  await answer(page, 'applicant.name', '王桂兰');
  await expect(state(page)).toContainText('已保存');
  await page.close();
  const second = await context.newPage();
  await second.goto(address);
  await expect(restored(second)).toBeVisible();
  await expect(second.locator(NAME)).toHaveValue('王桂兰');
  await settled(second, true);
  // The client has taken it over.
  await expect(second.locator(NAME)).toHaveValue('王桂兰');
  await second.close();
  await network.away(context);
  const third = await context.newPage();
  await third.goto(address);
  await expect(third.locator(NAME)).toHaveValue('王桂兰');
  await network.back(context);
  await third.getByRole('button', { name: '不要了' }).click();
  await expect(third.locator(NAME)).toHaveValue('');
  await expect(restored(third)).toBeHidden();
  await expect.poll(() => kept(third)).not.toContainEqual(expect.stringMatching(/^form:/));
  await third.close();
});

test('several of a group and lists of areas come back too', async ({ page, context }) => {
  await page.goto('/items/MZ01/apply');
  await settled(page, true);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await arrived(page);
  const draft = page.url().split('/pages/')[0];
  await page.goto(`${draft}/pages/household_area`);
  await settled(page, true);
  const area = ['210103', '210103005', '210103005024'] as [string, string, string];
  await fillPage(page, true, { areas: { household_area: area } });
  await expect(state(page)).toContainText('已保存');
  await page.goto(`${draft}/pages/members`);
  await settled(page, true);
  await fillPage(page, true, { add: { members: 2 }, answers: { 'members.1.member.name': '李国强', 'members.1.wage': '500' } });
  await expect(state(page)).toContainText('已保存');
  await page.waitForTimeout(600);
  await page.close();
  const other = await context.newPage();
  await other.goto(`${draft}/pages/members`);
  await expect(other.locator(idOf('members.1.member.name'))).toHaveValue('李国强');
  await expect(other.locator(idOf('members.1.wage'))).toHaveValue('500');
  await other.goto(`${draft}/pages/household_area`);
  await expect(other.locator('#f-household_area-community')).toHaveValue(area[2]);
  await other.close();
});

test('a device that others use too keeps nothing, and loses what was there', async ({ page, browser }) => {
  await begin(page);
  await answer(page, 'applicant.name', '王桂兰');
  await expect(state(page)).toContainText('已保存');
  await signInAs(page, browser, true, newPhone(), true);
  await expect(page.locator('html[data-own]')).toHaveCount(0);
  await begin(page);
  await answer(page, 'applicant.name', '王桂兰');
  await page.waitForTimeout(1000);
  await expect(state(page)).toHaveText('');
  expect(await kept(page)).toEqual([]);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

test('signing out takes away what was kept', async ({ page, browser }) => {
  await signInAs(page, browser, true, newPhone());
  await begin(page);
  await served(page);
  await answer(page, 'applicant.name', '王桂兰');
  await expect(state(page)).toContainText('已保存');
  await page.goto('/me');
  await settled(page, true);
  await page.getByRole('button', { name: '退出登录', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/me');
  const personal = async () => (await kept(page)).filter((name) => name.includes('/drafts/') || name.startsWith('form:'));
  await expect.poll(personal).toEqual([]);
});

test('what is kept cannot be read from the disk', async ({ playwright, network }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-profile-'));
  const { launchOptions } = test.info().project.use;
  const context = await playwright.chromium.launchPersistentContext(folder, { ...launchOptions, baseURL: network.url });
  const page = await context.newPage();
  await begin(page);
  await served(page);
  // What a script stores as it is can be found: so would be what it did not seal.
  await page.evaluate(() => new Promise((done) => {
    const request = indexedDB.open('plain', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('all').put({ text: 'PlainCanary8841' }, 'one');
    request.onsuccess = done;
  }));
  await answer(page, 'applicant.name', 'SealedCanary7302');
  await expect(state(page)).toContainText('已保存');
  await next(page); // The server shows the page again, with what it is told is wrong; the worker keeps that page.
  await expect(page.locator('#error-summary')).toBeVisible();
  await page.waitForTimeout(2500);
  expect(await page.evaluate(() => document.documentElement.innerHTML)).toBeTruthy();
  await context.close();
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const found = (word: string) => Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(join(file.parentPath, file.name));
      return bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')) ? file.name : '';
    }),
  ).then((names) => names.filter(Boolean));
  expect(await found('PlainCanary8841')).not.toEqual([]);
  expect(await found('SealedCanary7302')).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

test('public pages that were open open again without a network; others say what to do', async ({ page, network }) => {
  await page.goto('/items/MZ07');
  await settled(page, true);
  await served(page);
  await page.goto('/');
  await settled(page, true);
  await served(page);
  await network.away(page.context());
  await page.goto('/items/MZ07');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('高龄');
  await page.goto('/announcements');
  await expect(page.getByRole('heading', { level: 1, name: '网络不通' })).toBeVisible();
  await network.back(page.context());
  await page.getByRole('link', { name: '再试一次' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('网络不通');
});

test('it can be installed', async ({ page, request }) => {
  await page.goto('/');
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  const client = await page.context().newCDPSession(page);
  const { errors, data } = await client.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '');
  for (const { src, sizes } of manifest.icons) {
    const icon = await (await request.get(src)).body();
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`, src).toBe(sizes);
  }
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('the four ways are under the thumb, and cover nothing', async ({ page }) => {
  await begin(page);
  const tabs = page.locator('.tb-ways');
  const screen = page.viewportSize()?.height ?? 0;
  const box = await tabs.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(screen);
  for (const link of await tabs.locator('a').all()) expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(48);
  for (const control of ['[name="applicant.phone"]', '.tb-actions button >> nth=-1']) {
    await page.evaluate(() => scrollTo(0, 0));
    await page.locator(control).focus();
    const place = await page.locator(control).boundingBox();
    expect((place?.y ?? 0) + (place?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0);
  }
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const end = await page.locator('.tb-footer a').last().boundingBox();
  expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0);
});

test('Back returns to the same place of the page; forward the heading has the focus', async ({ page }) => {
  await page.goto('/items');
  await settled(page, true);
  const link = page.locator('main a[href^="/items/"]').nth(8);
  await link.scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, 600));
  const before = await page.evaluate(() => scrollY);
  await page.locator('main a[href^="/items/"]').nth(6).evaluate((node: HTMLElement) => node.click());
  await page.waitForURL(/\/items\/\w+/);
  await expect(page.locator('h1')).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(page.locator('main a[href^="/items/"]').nth(8)).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
});
