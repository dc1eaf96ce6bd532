// My page: who looked at my data, mandates, papers and answers used again; every page stands in every width.
import { newPhone, signInAs } from './account';
import { act, desk } from './desk';
import { MZ07, fillForm, next } from './fill';
import { expect, settled, test } from './watch';

const PAGES = [
  '/me', '/me/cases', '/me/looks', '/me/consents', '/me/mandates', '/me/mandates/new?item=MZ07', '/me/mandates/guardian',
  '/me/documents', '/me/household', '/me/data', '/me/data/copy', '/claim',
];

test('every page of mine stands in every width', async ({ page, browser, script, axe }) => {
  test.slow(); // eight pages in four widths each
  await signInAs(page, browser, script, newPhone());
  for (const address of PAGES) {
    await page.goto(address);
    await settled(page, script);
    await expect(page.locator('h1')).toHaveCount(1);
    for (const width of [320, 390, 1080, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const beyond = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
      expect(beyond, `${address} at ${width}px`).toBeLessThanOrEqual(0);
    }
    await axe();
  }
});

test('a worker who looks stands in my list, and I ask why', async ({ page, browser, script, axe }) => {
  await signInAs(page, browser, script, newPhone());
  await page.goto('/items/MZ07/apply');
  await settled(page, script);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await fillForm(page, script, MZ07);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/**');
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';
  const worker = await desk(browser, script, 'binhe-3');
  await worker.page.goto(`/desk/cases/${number}`);
  await act(worker.page, '收件');
  await worker.close();

  await page.goto('/me/looks');
  await settled(page, script);
  await expect(page.getByText('滨河街道办事处').first()).toBeVisible();
  await axe();
  await page.getByRole('link', { name: /我有疑问/ }).first().click();
  await page.waitForURL('**/me/looks/*/*');
  await settled(page, script);
  await page.locator('[name=words]').fill('为什么看我的信息？');
  await page.getByRole('button', { name: '交给审计人员' }).click();
  await page.waitForURL('**/me/looks');
  await expect(page.getByText('您问：为什么看我的信息？')).toBeVisible();

  // What was said once is offered again, and taken over by a tap.
  await page.goto('/items/MZ07/apply');
  await settled(page, script);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, script);
  await expect(page.getByText('您以前填过的，还对吗？')).toBeVisible();
  await axe();
  await page.getByRole('button', { name: '都对，填上' }).click();
  await expect(page.locator('[name="applicant.name"]')).toHaveValue('张小三');
  await page.locator('input[name=filled_by][value=self]').check();
  await next(page);
  await page.waitForURL('**/pages/household_area');
});

test('somebody is let act, and it is taken back', async ({ page, browser, script, axe }) => {
  await signInAs(page, browser, script, newPhone());
  await page.goto('/me/mandates/new?item=MZ07');
  await settled(page, script);
  await page.locator('[name=name]').fill('王小五');
  await page.locator('[name=phone]').fill('13900139000');
  await page.locator('input[name=relation][value=child]').check();
  await page.locator('input[name=scope][value="item:MZ07"]').check();
  await page.locator('[name=until]').fill('2027-06-30');
  await page.locator('input[name=agree]').check();
  await page.getByRole('button', { name: '同意授权' }).click();
  await page.waitForURL('**/me/mandates');
  await expect(page.getByText('王小五').first()).toBeVisible();
  await axe();
  await page.getByRole('button', { name: /撤回/ }).first().click();
  await expect(page.getByText('已经撤回，马上生效')).toBeVisible();
});
