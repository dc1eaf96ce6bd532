// Every test watches its pages: an error in the console, something that our policy forbids, a request to another place, a
// window that asks something or a serious accessibility fault fails it.
import { createHash, createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, type Browser, type Page, expect } from '@playwright/test';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Faults of every page that the test at hand watches. */
const found: string[][] = [];

interface Watched {
  /** Asks at the end that no watched page had a fault. */
  watching: void;
  /** Whether script runs in this project. */
  script: boolean;
  /** Looks for serious accessibility faults on the page as it stands. */
  axe: (page?: Page) => Promise<void>;
}

export const test = base.extend<Watched, { auditor: Auditor }>({
  // One for all tests of a process: a window of its own for each look costs more than the look.
  auditor: [
    async ({ browser }, use) => {
      const auditor = await openAuditor(browser);
      await use(auditor);
      await auditor.close();
    },
    { scope: 'worker' },
  ],

  script: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  watching: [
    async ({}, use) => {
      found.length = 0;
      await use();
      expect(found.flat(), 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],

  page: async ({ page }, use) => {
    await use(watched(page));
  },

  axe: async ({ page, auditor }, use) => use((other) => auditor.look(other ?? page)),
});

export { expect };

/** For every page that a test opens by itself: it is watched to the end of the test. */
export function watched(page: Page): Page {
  found.push(watch(page));
  return page;
}

/** Collects what a page must not do. */
export function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    // A status that a test asks for on purpose is no fault of the page.
    const asked = /status of (404|422|409|429|401|403)/.test(message.text());
    if (message.type() === 'error' && !asked) faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`${page.url()}: ${dialog.type()} ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const home = new URL(process.env.TONGBAN_URL ?? 'http://127.0.0.1').hostname;
    const url = new URL(request.url());
    const here = ['data:', 'blob:', 'about:'].includes(url.protocol) || url.hostname === home;
    if (!here) faults.push(`request to ${url.protocol}//${url.hostname}`);
  });
  // Not every violation is an error in the console. It is there before the first page is.
  void page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI} ${event.sample}`);
    });
  });
  return faults;
}

interface Auditor {
  look: (page: Page) => Promise<void>;
  close: () => Promise<void>;
}

/** axe needs script and may not be stopped by our policy: it looks at a copy of the page in a browser of its own. */
async function openAuditor(browser: Browser): Promise<Auditor> {
  // The project's own settings would be taken over: without script there would be no axe.
  const context = await browser.newContext({ bypassCSP: true, javaScriptEnabled: true });
  const copy = await context.newPage();
  let still = '';
  await copy.route('**/*', (route) =>
    route.request().resourceType() === 'document'
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: still })
      : route.continue(),
  );
  const look = async (page: Page) => {
    const html = await page.content();
    // The copy is only looked at: our own scripts must not run in it.
    still = html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<link[^>]*modulepreload[^>]*>/g, '');
    await copy.setViewportSize(page.viewportSize() ?? { width: 390, height: 844 });
    // The same address again, with another fragment, would not be loaded anew.
    await copy.goto('about:blank');
    await copy.goto(page.url());
    await copy.addScriptTag({ content: axeSource });
    const faults = await copy.evaluate(async () => {
      interface Node { html: string; failureSummary: string; any: { data: { messageKey?: string } | null }[] }
      interface Result { id: string; impact: string; nodes: Node[] }
      interface Results { violations: Result[]; incomplete: Result[] }
      const axe = (window as unknown as { axe: { run: (o: object) => Promise<Results> } }).axe;
      const { violations, incomplete } = await axe.run({ resultTypes: ['violations', 'incomplete'] });
      // Words in the colour of what is behind them axe takes for hidden on purpose: nothing is here.
      const unseen = incomplete
        .filter((result) => result.id === 'color-contrast')
        .map((result) => ({
          ...result,
          nodes: result.nodes.filter((node) => node.any.some((check) => check.data?.messageKey === 'equalRatio')),
        }))
        .filter((result) => result.nodes.length > 0);
      return [...violations, ...unseen]
        .filter((v) => v.impact === 'serious' || v.impact === 'critical')
        .map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).slice(0, 3).join(' | ')}`);
    });
    expect(faults, `accessibility of ${new URL(page.url()).pathname}`).toEqual([]);
  };
  return { look, close: () => context.close() };
}

/** Waits until script is at work, where it runs. */
export async function settled(page: Page, script: boolean) {
  if (script) await expect(page.locator('html[data-hydrated]')).toHaveCount(1);
}

/** The code that the phone of a worker of the demo shows: RFC 6238; the secret follows from the login. */
export function phoneCode(login: string, at = Date.now()): string {
  const secret = createHash('sha256').update(`tongban demo ${login}`).digest().subarray(0, 20);
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', secret).update(step).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Password, then code. A code is good once: when others were quicker, the next one. */
export async function enter(page: Page, login: string) {
  await page.goto('/desk/sign-in');
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码').fill('tongban-2026');
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL('**/desk/sign-in/code');
  for (const ahead of [0, 30_000, 30_000, 30_000, 30_000]) {
    await page.getByLabel('动态码').fill(phoneCode(login, Date.now() + ahead));
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(/\/desk$|\?used=1|\?again=1/);
    if (new URL(page.url()).pathname === '/desk') return;
    await page.goto('/desk/sign-in/code');
    if (ahead > 0) await page.waitForTimeout(10_000);
  }
}

/** A worker at the desk. Sessions are kept from test to test, also between processes: codes change every 30 seconds only. */
export async function signIn(page: Page, login: string) {
  const file = join(__dirname, '../results', `signed-in-${login}.json`);
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { url: '', cookies: [] };
  if (kept.url === process.env.TONGBAN_URL) {
    await page.context().addCookies(kept.cookies);
    await page.goto('/desk');
  }
  if (new URL(page.url() === 'about:blank' ? 'http://x/' : page.url()).pathname !== '/desk') {
    await enter(page, login);
    const cookies = (await page.context().cookies()).filter((cookie) => /tb_(desk|known)$/.test(cookie.name));
    mkdirSync(join(__dirname, '../results'), { recursive: true });
    writeFileSync(file, JSON.stringify({ url: process.env.TONGBAN_URL, cookies }));
  }
  await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible();
}
