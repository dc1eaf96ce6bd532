// The window: a worker takes an application in for a resident; two workers on one case.
import { MZ07, fillForm } from './fill';
import { expect, settled, signIn, test, watch } from './watch';

test('a worker starts a case for a resident; the competent office has it', async ({ page, browser, axe }) => {
  test.setTimeout(240_000);
  await signIn(page, 'sanhaojie-1');
  await page.getByRole('link', { name: '帮居民申请' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '帮居民申请' })).toBeVisible();
  await axe();
  await page.getByRole('searchbox').fill('老人津贴');
  await page.getByRole('button', { name: '搜索' }).click();
  await page.getByRole('button', { name: '开始填写：80岁以上老人领津贴' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, true);
  await expect(page.getByText('您正在帮居民填写')).toBeVisible();
  await fillForm(page, true, { ...MZ07, materials: {} });
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/**');
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';

  const two = await Promise.all(
    ['binhe-1', 'binhe-3'].map(async (login) => {
      const context = await browser.newContext({ baseURL: process.env.TONGBAN_URL, viewport: { width: 1440, height: 900 } });
      const desk = await context.newPage();
      const faults = watch(desk);
      await signIn(desk, login);
      await desk.goto(`/desk/cases/${number}`);
      await settled(desk, true);
      return { desk, faults, context };
    }),
  );
  const [first, second] = two;
  await expect(first.desk.getByText('三好街社区').first()).toBeVisible();
  await first.desk.getByRole('button', { name: '受理', exact: true }).click();
  await expect(first.desk.getByText('已完成：受理')).toBeVisible();
  await second.desk.getByRole('button', { name: '受理', exact: true }).click();
  await expect(second.desk.getByText(/已经在.*处理过/)).toBeVisible();
  for (const { faults, context } of two) {
    expect(faults).toEqual([]);
    await context.close();
  }
});

test('the desk is not open to who is not signed in', async ({ page, axe }) => {
  await page.goto('/desk');
  await page.waitForURL('**/desk/sign-in');
  await axe();
  await page.getByLabel('用户名').fill('nobody');
  await page.getByLabel('密码').fill('wrong');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByText('用户名或密码不对').first()).toBeVisible();
  await expect(page.getByLabel('用户名')).toHaveValue('nobody');
});
