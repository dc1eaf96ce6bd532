// A kiosk forgets: by the clock, by the button, when the power goes, and while the server is away.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page, chromium } from '@playwright/test';
import { search } from '../profile';
import { confirmPictures, idOf } from './fill';
import { type Cookies, STANDING, answerPage, at, beginForm, enrolled, ready } from './kiosk';
import { expect, test } from './watch';

test.beforeEach(async ({ browser, context }) => {
  await context.addCookies(await enrolled(browser));
});

const still = (page: Page) => page.getByRole('alertdialog', { name: '还在吗？' });

/** Time goes by second by second, so that what waits for an answer gets it. */
async function pass(page: Page, seconds: number) {
  for (let left = seconds; left > 0; left -= 5) await page.clock.runFor(Math.min(5, left) * 1000);
}

test('nobody there: it asks, can be put off three times, counts down, and everything is gone', async ({ page, context }) => {
  await page.clock.install();
  await beginForm(page);
  await page.locator('[name="applicant.name"]').fill('张小三');
  await page.evaluate(() => {
    localStorage.setItem('canary', '1');
    sessionStorage.setItem('canary', '1');
    document.cookie = 'canary=1';
    indexedDB.open('canary');
    return caches.open('canary');
  });
  const form = page.url();
  for (let extension = 0; extension < 3; extension++) {
    await pass(page, 55);
    await expect(still(page)).toHaveCount(0);
    await pass(page, 7);
    await expect(still(page)).toBeVisible();
    await pass(page, 10);
    expect(Number(await page.locator('.tb-still__count').innerText())).toBeLessThan(21);
    await page.getByRole('button', { name: '我还在' }).click();
    await expect(still(page)).toHaveCount(0);
  }
  await pass(page, 62);
  await expect(still(page)).toBeVisible();
  await expect(page.getByRole('button', { name: '我还在' })).toHaveCount(0);
  await pass(page, 31);
  await page.waitForURL('**/kiosk?left=1');
  await expect(page.locator('[data-kiosk-said=left]')).toContainText('请取走身份证和材料');
  expect(await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
  }))).toEqual({ local: 0, session: 0, cookies: '', databases: 0, caches: 0 });
  expect((await context.cookies()).map((cookie) => cookie.name.replace('__Host-', ''))).toEqual(['tb_kiosk']);
  // Neither a step back nor the address brings it again.
  for (let step = 0; step < 4; step++) {
    await page.goBack();
    expect(await page.content()).not.toContain('张小三');
  }
  await page.goto(form);
  expect(await page.content()).not.toContain('张小三');
});

test('whoever touches the screen is not asked', async ({ page }) => {
  await page.clock.install();
  await beginForm(page);
  for (let minute = 0; minute < 3; minute++) {
    await pass(page, 50);
    await page.locator('h1').click();
  }
  await expect(still(page)).toHaveCount(0);
});

test('the button clears at once, and says what to take along', async ({ page }) => {
  await beginForm(page);
  await page.locator('[name="applicant.name"]').fill('张小三');
  await page.getByRole('button', { name: '结束并清除' }).click();
  await page.waitForURL('**/kiosk?left=1');
  await expect(page.locator('[data-kiosk-said=left]')).toContainText('请取走身份证和材料');
});

test('the server is away: it says so, nothing is lost, no page of the browser comes, it goes on by itself', async ({ context }) => {
  // What fails to load on purpose is no fault of the page.
  const page = await context.newPage();
  await page.clock.install();
  await beginForm(page);
  await page.locator('[name="applicant.name"]').fill('张小三');
  const away = (url: URL) => url.hostname === '127.0.0.1';
  await context.route(away, (route) => route.abort('connectionrefused'));
  await pass(page, 30);
  await expect(page.getByText('现在连不上，正在重试')).toBeVisible();
  await page.getByRole('link', { name: '重新开始' }).click();
  await expect(page.locator('[name="applicant.name"]')).toHaveValue('张小三');
  await context.unroute(away);
  await pass(page, 5);
  await expect(page.getByText('现在连不上，正在重试')).toBeHidden();

  // And who leaves meanwhile leaves nothing on the screen.
  await context.route(away, (route) => route.abort('connectionrefused'));
  await page.getByRole('button', { name: '结束并清除' }).click();
  await pass(page, 5);
  await expect(page.getByText('您的内容已经从这台机器上清除')).toBeVisible();
  expect(await page.locator('[name="applicant.name"]').inputValue()).toBe('');
  await context.unroute(away);
  await pass(page, 5);
  await page.waitForURL('**/kiosk?left=1');
});

test('there is no way out of the frame', async ({ page }) => {
  await page.goto('/kiosk');
  await ready(page);
  const prevented = await page.evaluate(() => {
    const body = document.body;
    const tell = (event: Event) => !body.dispatchEvent(event);
    const options = { bubbles: true, cancelable: true };
    const link = document.createElement('a');
    const results: Record<string, boolean> = {
      menu: tell(new MouseEvent('contextmenu', options)),
      zoom: tell(new WheelEvent('wheel', { ...options, ctrlKey: true })),
      drag: tell(new DragEvent('dragstart', options)),
      drop: tell(new DragEvent('drop', options)),
      copy: tell(new ClipboardEvent('copy', options)),
      print: tell(new KeyboardEvent('keydown', { ...options, key: 'p', ctrlKey: true })),
      tools: tell(new KeyboardEvent('keydown', { ...options, key: 'F12' })),
      window: window.open('/about') === null,
      letters: !tell(new KeyboardEvent('keydown', { ...options, key: 'a' })),
    };
    body.append(link);
    link.href = 'http://127.0.0.2:9/';
    results.elsewhere = !link.dispatchEvent(new MouseEvent('click', options));
    link.href = '/about';
    link.target = '_blank';
    results.another = !link.dispatchEvent(new MouseEvent('click', options));
    const file = document.createElement('input');
    file.type = 'file';
    body.append(file);
    results.folders = !file.dispatchEvent(new MouseEvent('click', options));
    return results;
  });
  expect(prevented).toEqual(Object.fromEntries(Object.keys(prevented).map((key) => [key, true])));
});

// ---- what the browser writes ----

/** As the README starts a kiosk's browser. */
const FLAGS = readFileSync(join(__dirname, '../../README.md'), 'utf8').match(/chromium --kiosk [\s\S]*?\n```/)?.[0]
  .match(/--[\w-]+(=[^\s\\]+)?/g)?.filter((flag) => !/user-data-dir|^--kiosk$/.test(flag)) ?? [];

interface Machine {
  profile: string;
  page: Page;
  cut: () => Promise<void>;
}

/** A browser with files of its own, on the device's cookie. */
async function machine(flags: string[], cookies: Cookies): Promise<Machine> {
  const profile = mkdtempSync(join(tmpdir(), 'tongban-kiosk-'));
  const settings = test.info().project.use.launchOptions;
  const executable = settings?.executablePath ?? 'chromium';
  const child = spawn(executable, [
    ...(settings?.args ?? []), ...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`,
    `--window-size=${STANDING.width},${STANDING.height}`, 'about:blank',
  ], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const address = await new Promise<string>((done, fail) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = said.match(/DevTools listening on (ws:\S+)/);
      if (found) done(found[1]);
    });
    child.once('exit', () => fail(new Error(`no browser: ${said.slice(-500)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  await context.addCookies(cookies);
  const page = context.pages()[0] ?? (await context.newPage());
  return { profile, page, cut: () => cut(child, browser) };
}

/** All its processes at once, as when the power goes. */
async function cut(child: ChildProcess, browser: Browser) {
  const ended = new Promise((done) => child.once('exit', done));
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
  await browser.close().catch(() => undefined);
}

const CANARY = { name: '奚金雀', id: '210103194001019013', phone: '13712345678', address: '金丝雀胡同四十八号', file: '金丝雀的证件' };
const CANARIES = Object.values(CANARY);

/** Name, number, phone and address are typed, a picture goes up. */
async function handIn(page: Page) {
  await beginForm(page);
  const site = new URL(page.url());
  await answerPageByHand(page, { 'applicant.name': CANARY.name, 'applicant.id_number': CANARY.id, 'applicant.phone': CANARY.phone });
  const draft = site.pathname.split('/')[2];
  await page.goto(`${at('/drafts')}/${draft}/pages/residence`);
  await expect(page.locator('[data-kiosk-step]')).toHaveCount(1);
  const address = page.locator('[name="residence.detail"]');
  if (!(await address.isVisible())) await page.getByRole('button', { name: '下一个' }).click();
  await address.fill(CANARY.address);
  await page.goto(`${at('/drafts')}/${draft}/pages/materials`);
  await expect(page.locator('[data-kiosk-step]')).toHaveCount(1);
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.locator(idOf('file_id_card')).setInputFiles({ name: `${CANARY.file}.png`, mimeType: 'image/png', buffer: picture });
  await confirmPictures(page, page.locator('.tb-material:visible'), true, 1);
  await expect(page.locator('.tb-material:visible').getByText(`${CANARY.file}.jpg`)).toBeVisible();
  await page.goto(`${at('/drafts')}/${draft}/pages/applicant`);
  await expect(page.locator('[name="applicant.name"]')).toHaveValue(CANARY.name);
}

async function answerPageByHand(page: Page, answers: Record<string, string>) {
  for (const [name, value] of Object.entries(answers)) {
    await page.locator(`[name="${name}"]`).fill(value);
    await page.getByRole('button', { name: '下一个' }).click();
  }
  await answerPage(page, { answers: { filled_by: 'self' } });
  await page.locator('.tb-actions').getByRole('button', { name: '下一步' }).click();
  await page.waitForURL((url) => !url.pathname.endsWith('/applicant'));
}

test('after the wipe nothing of a person is in any file of the browser, and the search would find it', async ({ browser }) => {
  const kiosk = await machine(FLAGS, await enrolled(browser));
  try {
    await kiosk.page.goto(at('/kiosk'));
    await handIn(kiosk.page);
    await kiosk.page.getByRole('button', { name: '结束并清除' }).click();
    await kiosk.page.waitForURL('**/kiosk?left=1');
    await kiosk.page.waitForTimeout(3_000); // what is written late
    await kiosk.page.emulateMedia({ media: 'print' });
    const paper = await kiosk.page.locator('html').innerText();
    expect(CANARIES.filter((text) => paper.includes(text)), 'in print').toEqual([]);
    await kiosk.page.goBack();
    const before = await kiosk.page.content();
    expect(CANARIES.filter((text) => before.includes(text)), 'a step back').toEqual([]);
    expect(search(kiosk.profile, CANARIES)).toEqual([]);

    // The same search finds what is there: kept by a page, and never wiped.
    await kiosk.page.evaluate(async ([name, address]) => {
      localStorage.setItem('name', name);
      const cache = await caches.open('x');
      await cache.put('/x', new Response(address));
    }, [CANARY.name, CANARY.address]);
    await expect.poll(() => search(kiosk.profile, CANARIES).join('\n'), { timeout: 20_000 }).toContain(CANARY.address);
  } finally {
    await kiosk.cut();
  }
  expect(search(kiosk.profile, CANARIES).length).toBeGreaterThan(0);
  rmSync(kiosk.profile, { recursive: true, force: true });
});

test('when the power goes in the middle, nothing of a person is in any file of the browser', async ({ browser }) => {
  expect(FLAGS, 'the README says how a kiosk is started').toContain('--hide-crash-restore-bubble');
  const kiosk = await machine(FLAGS, await enrolled(browser));
  await kiosk.page.goto(at('/kiosk'));
  await handIn(kiosk.page);
  await kiosk.page.waitForTimeout(3_000); // a browser writes where it is now and then
  await kiosk.cut();
  expect(search(kiosk.profile, CANARIES)).toEqual([]);
  rmSync(kiosk.profile, { recursive: true, force: true });
});
