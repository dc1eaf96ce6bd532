// The client comes in parts: what a page needs is known before script runs, and a part that does not come breaks nothing.
import type { Page, Request } from '@playwright/test';
import { MZ07, fillPage, next } from './fill';
import { expect, settled, test, watch } from './watch';

const APPLY = '/items/MZ07/apply';
/** Of each part, the file that is its alone. */
const part = (name: string) => new RegExp(`/split_${name}\\.[^/]*\\.wasm$`);
const pathOf = (request: Request) => new URL(request.url()).pathname;
const isDocument = (request: Request, path: string) => request.isNavigationRequest() && pathOf(request) === path;

/** Of a page that misses a part, this alone may stand in the console. */
const MISSED = /ERR_FAILED|ERR_INTERNET_DISCONNECTED|Failed to fetch|HTTP status code is not ok/;

const missing = test.extend({
  page: async ({ browser }, use) => {
    const context = await browser.newContext({ baseURL: process.env.TONGBAN_URL, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const faults = watch(page);
    await use(page);
    expect(faults.filter((fault) => !MISSED.test(fault))).toEqual([]);
    await context.close();
  },
});

/** The network is gone for a moment, or a newer server has other files. */
const LOSSES = [
  { how: 'does not get through', lose: (page: Page, of: RegExp) => page.route(of, (route) => route.abort()) },
  { how: 'is no longer there', lose: (page: Page, of: RegExp) => page.route(of, (route) => route.fulfill({ status: 404 })) },
];

const PAGES = [
  ['/', ''],
  ['/items', 'catalogue'],
  [APPLY, 'forms'],
  ['/track', 'cases'],
  ['/announcements', 'cases'],
  ['/desk/sign-in', 'desk'],
];

test('a document names every file of its page; each comes once, compressed, and may be kept', async ({ browser }) => {
  for (const [address, name] of PAGES) {
    const context = await browser.newContext({ baseURL: process.env.TONGBAN_URL });
    const page = await context.newPage();
    const asked: Request[] = [];
    page.on('request', (request) => pathOf(request).startsWith('/pkg/') && asked.push(request));
    const html = (await (await page.goto(address))?.text()) ?? '';
    await settled(page, true);
    const named = [...html.matchAll(/<link[^>]*href="(\/pkg\/[^"]*)"/g)].map((match) => match[1]);
    const paths = asked.map(pathOf);
    expect(paths.sort(), address).toEqual(named.sort());
    const alone = paths.filter((path) => path.includes('/split_'));
    expect(alone.length, address).toBe(name ? 1 : 0);
    if (name) expect(alone[0]).toMatch(part(name));
    for (const request of asked) {
      const headers = (await request.response())?.headers() ?? {};
      expect(headers['cache-control'], request.url()).toBe('public, max-age=31536000, immutable');
      expect(headers['content-encoding'], request.url()).toMatch(/^(br|gzip)$/);
    }
    await context.close();
  }
});

for (const { how, lose } of LOSSES) {
  missing(`a page whose part ${how} stays plain, and comes to life with it`, async ({ page }) => {
    const asked = page.waitForRequest(part('forms'));
    await lose(page, part('forms'));
    await page.goto(APPLY);
    await asked;
    await page.getByRole('button', { name: '开始填表' }).click();
    await page.waitForURL('**/pages/applicant');
    // As without script, the page is sent and comes back with what is missing.
    await next(page);
    await expect(page.locator('#error-summary')).toBeVisible();
    await fillPage(page, false, MZ07.applicant);
    await next(page);
    await page.waitForURL((url) => !url.pathname.endsWith('/pages/applicant'));
    await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
    // A link asks for a document.
    const document = page.waitForRequest((request) => isDocument(request, '/'));
    await page.locator('header a[href="/"]').first().click();
    await document;
    await settled(page, true);
    await page.goto(APPLY);
    await expect(page.locator('html[data-hydrated]')).toHaveCount(0);
    await page.unroute(part('forms'));
    await settled(page, true);
  });

  missing(`on the way to a page whose part ${how}, the page is loaded whole`, async ({ page }) => {
    await page.goto('/');
    await settled(page, true);
    await lose(page, part('catalogue'));
    const document = page.waitForRequest((request) => isDocument(request, '/items'));
    await page.locator('main a[href="/items"]').click();
    await document;
    await expect(page).toHaveURL(/\/items$/);
    await expect(page.locator('main a[href^="/items/"]')).not.toHaveCount(0);
    await expect(page.locator('h1')).toHaveCount(1);
    await page.goBack();
    await settled(page, true);
    await expect(page).toHaveURL(/\/$/);
  });
}

missing('without a network the person is told, and goes on when it is back', async ({ page }) => {
  await page.goto('/');
  await settled(page, true);
  await page.context().setOffline(true);
  await page.locator('main a[href="/items"]').click();
  await expect(page.getByRole('heading', { level: 1, name: '网络不通' })).toBeVisible();
  await expect(page.getByText('这一页没有取到')).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole('link', { name: '再试一次' }).click();
  await expect(page.locator('main a[href^="/items/"]')).not.toHaveCount(0);
  await settled(page, true);
  await expect(page).toHaveURL(/\/items$/);
});
