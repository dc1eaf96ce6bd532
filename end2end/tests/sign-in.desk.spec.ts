// Signing in to the desk: password, then the phone's code; the worker's own account.
import { enter, expect, phoneCode, settled, test } from './watch';

const LOGIN = 'faku-mz-2';

test('a password alone opens nothing; a wrong code says what to do', async ({ page, axe }) => {
  await page.goto('/desk/sign-in');
  await settled(page, true);
  await page.getByLabel('用户名').fill(LOGIN);
  await page.getByLabel('密码').fill('tongban-2026');
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL('**/desk/sign-in/code');
  await axe();
  const wrong = phoneCode(LOGIN) === '000000' ? '111111' : '000000';
  await page.getByLabel('动态码').fill(wrong);
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByText('动态码不对').first()).toBeVisible();
  await page.goto('/desk');
  await expect(page).toHaveURL(/\/desk\/sign-in$/);
});

test('a worker sees the own devices, makes recovery codes, and leaves', async ({ page, axe }) => {
  test.setTimeout(240_000);
  await enter(page, LOGIN);
  await page.goto('/desk/account');
  await settled(page, true);
  await expect(page.getByText('（这台）')).toBeVisible();
  await axe();
  await page.getByRole('button', { name: '重新生成恢复码' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '记下恢复码' })).toBeVisible();
  await expect(page.locator('.tb-recovery li')).toHaveCount(10);
  await axe();
  await page.getByRole('button', { name: '我已经记好了' }).click();
  await page.waitForURL('**/desk');
  await page.goto('/desk/account/recovery');
  await expect(page.getByText('不再显示')).toBeVisible();
  await page.goto('/desk/account');
  await settled(page, true);
  await page.getByLabel('现在的密码').fill('tongban-2026');
  await page.getByLabel('新密码', { exact: true }).fill('tongbantongban2026');
  await page.getByLabel('再输一次新密码').fill('tongbantongban2026');
  await page.getByRole('button', { name: '修改密码' }).click();
  await expect(page.getByText('太容易被猜到').first()).toBeVisible();
  await page.getByRole('button', { name: '退出', exact: true }).click();
  await page.waitForURL('**/desk/sign-in');
  await page.goto('/desk/account');
  await expect(page).toHaveURL(/\/desk\/sign-in$/);
});
