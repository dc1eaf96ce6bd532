// A worker without a mouse: signs in, finds a case in the queue, takes it in.
import { MZ07, fillForm } from './fill';
import { keys } from './keys';
import { expect, phoneCode, settled, test, watched } from './watch';

test.describe.configure({ timeout: 240_000 });

test('sign in, queue, case, a step, with the keyboard alone', async ({ page, browser }) => {
  const context = await browser.newContext({ baseURL: process.env.TONGBAN_URL, javaScriptEnabled: false });
  const resident = watched(await context.newPage());
  await resident.goto('/items/MZ07/apply');
  await resident.getByRole('button', { name: '开始填表' }).click();
  await resident.waitForURL('**/pages/applicant');
  await fillForm(resident, false, MZ07);
  await resident.getByRole('button', { name: '提交申请' }).click();
  await resident.waitForURL('**/cases/**');
  const number = new URL(resident.url()).pathname.split('/').pop() ?? '';
  await context.close();

  const keyboard = keys(page);
  await page.goto('/desk/sign-in');
  await settled(page, true);
  await keyboard.to('用户名');
  await page.keyboard.type('binhe-3');
  await keyboard.to('密码');
  await page.keyboard.type('tongban-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/desk/sign-in/code');
  for (const ahead of [0, 30_000, 30_000, 30_000, 30_000]) {
    await keyboard.to(/动态码/);
    await page.keyboard.type(phoneCode('binhe-3', Date.now() + ahead));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/desk$|\?used=1|\?again=1/);
    if (new URL(page.url()).pathname === '/desk') break;
    await page.goto('/desk/sign-in/code');
    if (ahead > 0) await page.waitForTimeout(10_000);
  }
  await expect(page.getByRole('heading', { level: 1, name: '待办' })).toBeVisible();
  await keyboard.press(new RegExp(number));
  await page.waitForURL(`**/desk/cases/${number}`);
  await expect(page.locator('main h1')).toBeFocused();
  await keyboard.press('收件');
  await expect(page.getByText('已完成：收件')).toBeVisible();
  // The answer is where the focus is, or is read out by itself.
  const said = page.getByText('已完成：收件').first();
  expect(await said.evaluate((node) => !!node.closest('[role=status], [role=alert]') || node.contains(document.activeElement))).toBe(true);
});
