// Every route in every mode: no fault that axe knows, nothing beyond the edge.
//
// Without script, since what a page says does not depend on script, and of a mode only the attributes of `html` change
// (server/tests/http/display.rs asks that of the server, display.js.spec.ts of the script). So one copy of a page stands
// for all its modes, by those attributes; with script, the other tests look at the pages in the standard mode.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { newPhone, signInAs } from './account';
import { act, desk, stepForm } from './desk';
import { MZ07, fillForm, fillPage, next } from './fill';
import { enter, expect, test } from './watch';

test.describe.configure({ timeout: 240_000 });

/** Pages that these tests have looked at. */
const seen = new Set<string>();

/** What stands at an address, in all modes. */
async function look(page: Page, modes: (page?: Page) => Promise<void>, address?: string) {
  if (address) await page.goto(address);
  await expect(page.locator('h1')).toHaveCount(1);
  seen.add(new URL(page.url()).pathname);
  await modes(page);
}

test('pages for everybody', async ({ page, modes }) => {
  const pages = [
    '/', '/about', '/display', '/items', '/items/MZ07', '/items/SQ01/check', '/items/MZ07/apply', '/certificates',
    '/events/newborn', '/track', '/resume', '/announcements', '/ratings', '/verify', '/inbox', '/sign-in', '/claim',
    '/words', '/visits/new', '/calls/new', '/desk/sign-in', '/nothing-here',
  ];
  for (const address of pages) await look(page, modes, address);
});

test('a form with its faults, the receipt, the case at the desk, its papers', async ({ page, browser, modes }) => {
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await fillPage(page, false, { answers: { 'applicant.id_number': '12345' } });
  await next(page);
  await expect(page.locator('#error-summary')).toBeVisible();
  await look(page, modes);
  await fillForm(page, false, MZ07, () => look(page, modes));
  await look(page, modes);
  const review = page.url();
  await page.goto(review.replace('/review', '/pages/applicant'));
  await page.getByRole('button', { name: '换个手机接着填' }).click();
  await page.waitForURL('**/resume');
  await look(page, modes);
  await page.goto(review);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/**');
  await look(page, modes);
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';
  await look(page, modes, `/cases/${number}/print`);

  const worker = await desk(browser, false, 'binhe-3');
  for (const address of ['/desk', '/desk/start?q=MZ07', '/desk/custody', '/desk/appointments', '/desk/recusal', '/desk/ratings', '/desk/events/newborn', '/desk/account', '/desk/calls', '/desk/appointments/hours', '/desk/prove']) {
    await look(worker.page, modes, address);
  }
  await look(worker.page, modes, `/desk/cases/${number}`);
  for (const name of ['收件', '受理', '开始审查']) await act(worker.page, name);
  await stepForm(worker.page, 'decide');
  await look(worker.page, modes);
  await worker.close();
  await page.goto(`/cases/${number}`);
  await page.locator('a[href^="/notices/"]').first().click();
  await page.waitForURL('**/notices/**');
  await look(page, modes);
});

test('pages of an account', async ({ page, browser, modes }) => {
  await page.goto('/sign-in');
  const phone = newPhone();
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await page.getByRole('button', { name: '发验证码' }).click();
  await page.waitForURL('**/sign-in/code');
  await look(page, modes);
  await signInAs(page, browser, false, newPhone());
  const pages = [
    '/me', '/me/cases', '/me/looks', '/me/consents', '/me/mandates', '/me/mandates/new?item=MZ07', '/me/mandates/guardian',
    '/me/documents', '/me/household', '/me/data', '/me/data/copy', '/me/devices', '/me/phone', '/me/real-name', '/me/merge',
    '/me/visits', '/me/mandates/organisation',
  ];
  for (const address of pages) await look(page, modes, address);
});

for (const [login, pages] of Object.entries({
  'anquan-1': ['/desk/admin/workers', '/desk/admin/proposals', '/desk/admin/contracts'],
  'shenji-1': ['/desk/audit', '/desk/audit/looks'],
})) {
  test(`pages of ${login}`, async ({ page, modes }) => {
    await enter(page, login);
    for (const address of pages) await look(page, modes, address);
    if (login !== 'anquan-1') return;
    await page.goto('/desk/admin/workers');
    const worker = page.locator('main a[href^="/desk/admin/workers/"]').first();
    await look(page, modes, (await worker.getAttribute('href')) ?? '');
  });
}

/** Routes that stand only in the middle of something: the tests of that look at them, in the standard mode. */
const ELSEWHERE = [
  '/bundles/:number', '/announcements/:id', '/cases/:number/code', '/resume/:token', '/sign-in/join', '/me/looks/:chain/:seq',
  '/me/visits/:code', '/desk/appointments/:code', '/desk/sign-in/code', '/desk/sign-in/set-up', '/desk/invitation/:token',
  '/desk/account/code', '/desk/account/passkeys', '/desk/account/recovery', '/desk/admin/kiosks', '/desk/audit/searches/:id',
  // A kiosk has sizes and colours of its own.
  '/kiosk', '/kiosk/enrol', '/kiosk/print',
];

test('no route was forgotten', () => {
  const source = readFileSync(join(__dirname, '../../app/src/routes.rs'), 'utf8');
  const routes = [...source.matchAll(/path!\("([^"]+)"\)/g)].map((found) => found[1]);
  const fits = (route: string) => new RegExp(`^${route.replace(/:[a-z]+/g, '[^/]+')}$`);
  const literal = (path: string) => routes.includes(path);
  const missing = routes.filter((route) => ![...seen].some((path) => (literal(path) ? path === route : fits(route).test(path))));
  expect(missing.filter((route) => !ELSEWHERE.includes(route))).toEqual([]);
});
