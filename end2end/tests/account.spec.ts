// A resident's account, without JavaScript and with it: sign in by a code, keep what was begun, prove the name, sign out.
import { codeFor, newPhone, signInAs, typeCode } from './account';
import { MZ07, fillPage } from './fill';
import { expect, settled, test, watched } from './watch';

test.describe.configure({ timeout: 300_000 });

test('sign in, keep a draft, look at the devices, sign out', async ({ page, browser, script, axe }) => {
  const phone = newPhone();
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await settled(page, script);
  await fillPage(page, script, MZ07.applicant);

  await page.goto('/sign-in');
  await settled(page, script);
  await axe();
  // What is wrong is said next to the field, and nothing typed is lost.
  await page.getByLabel('手机号', { exact: true }).fill('1234');
  await page.getByRole('button', { name: '发验证码' }).click();
  await expect(page.locator('#error-summary')).toContainText('手机号是11位数字');
  await expect(page.getByLabel('手机号', { exact: true })).toHaveValue('1234');
  await axe();
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  await page.getByRole('button', { name: '发验证码' }).click();
  await page.waitForURL('**/sign-in/code');
  await settled(page, script);
  await axe();
  const code = page.getByLabel('6位验证码');
  await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(code).toHaveAttribute('inputmode', 'numeric');
  const right = await codeFor(browser, phone);
  await code.fill(right === '000000' ? '111111' : '000000');
  await page.getByRole('button', { name: '确定' }).click();
  await expect(page.locator('#error-summary')).toContainText('还可以试4次');
  await typeCode(page, browser, phone);

  await page.waitForURL('**/sign-in/join?for=me');
  await settled(page, script);
  await expect(page.getByText('80岁以上老人领津贴')).toBeVisible();
  await axe();
  await page.getByRole('button', { name: '归到我的账号' }).click();
  await page.waitForURL('**/me');
  await settled(page, script);
  await expect(page.getByText(`${phone.slice(0, 3)}****${phone.slice(-4)}`)).toBeVisible();
  expect(await page.content()).not.toContain(phone);
  expect(page.url()).not.toContain(phone);
  await axe();

  await page.goto('/me/devices');
  await settled(page, script);
  await expect(page.getByText('就是这一台')).toBeVisible();
  await axe();
  await page.goto('/me');
  await settled(page, script);
  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page.getByText('已经退出')).toBeVisible();
  await page.goBack();
  await page.reload();
  await expect(page.locator('h1')).toHaveText('用手机号登录');
  await page.goto('/');
  await expect(page.getByText('接着填：')).toHaveCount(0);
});

test('prove the name, and a register that is away or says no', async ({ page, browser, script, axe }) => {
  await signInAs(page, browser, script, newPhone());
  await page.waitForURL('**/me');
  await page.goto('/me/real-name');
  await settled(page, script);
  await axe();
  const prove = async (number: string) => {
    await page.getByLabel('姓名').fill('张小三');
    await page.getByLabel('身份证号码').fill(number);
    await page.getByRole('button', { name: '核对' }).click();
  };
  await prove('210103194001019019');
  await expect(page.locator('#error-summary')).toContainText('身份证号码有一位写错了');
  await prove(idNumber('999'));
  await expect(page.getByText('没有回应')).toBeVisible();
  await prove(idNumber('998'));
  await expect(page.locator('#error-summary')).toContainText('对不上');
  const number = idNumber(String(100 + Math.floor(Math.random() * 800)), `19${40 + Math.floor(Math.random() * 50)}0302`);
  await prove(number);
  await expect(page.locator('h1')).toHaveText('您的账号已经实名');
  await expect(page.getByText(`210103********${number.slice(-4)}`)).toBeVisible();
  expect(await page.content()).not.toContain(number);
  await axe();
});

test('another phone: the new one gets a code, the old one a notice', async ({ page, browser, script, axe }) => {
  const [before, after] = [newPhone(), newPhone()];
  await signInAs(page, browser, script, before);
  await page.goto('/me/phone');
  await settled(page, script);
  await axe();
  await page.getByLabel('新的手机号').fill(after);
  await page.getByRole('button', { name: '发验证码' }).click();
  await page.waitForURL('**/sign-in/code');
  await settled(page, script);
  await typeCode(page, browser, after);
  await expect(page.getByText('手机号换好了')).toBeVisible();
  await page.goto('/inbox');
  await expect(page.getByText('您的账号刚换成了手机号').first()).toBeVisible();
});

test('two accounts become one after both phones said yes', async ({ page, browser, script, axe }) => {
  const [one, other] = [newPhone(), newPhone()];
  const second = watched(await browser.newPage({ baseURL: process.env.TONGBAN_URL, javaScriptEnabled: script }));
  await signInAs(second, browser, script, other);
  await signInAs(page, browser, script, one);
  // A code a minute for each phone: the other account was made by its first one.
  await page.goto('/me/merge');
  await settled(page, script);
  await axe();
  await page.getByLabel('另一个账号的手机号').fill(other);
  await page.getByRole('button', { name: '发验证码' }).click();
  await expect(page.locator('#error-summary')).toContainText('秒再试');
  await page.waitForTimeout(61_000);
  await page.getByLabel('另一个账号的手机号').fill(other);
  await page.getByRole('button', { name: '发验证码' }).click();
  await page.waitForURL('**/sign-in/code');
  await settled(page, script);
  await typeCode(page, browser, other);
  await expect(page.getByRole('heading', { name: '合并以后' })).toBeVisible();
  await axe();
  await page.getByRole('button', { name: '同意，合并' }).click();
  await expect(page.getByText('两个账号合并好了')).toBeVisible();
  await second.goto('/me');
  await expect(second.getByText(`${one.slice(0, 3)}****${one.slice(-4)}`)).toBeVisible();
  await second.close();
});

/** A valid number of this order among those of its day. */
function idNumber(order: string, birth = '19400101'): string {
  const body = `210103${birth}${order}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((sum, digit, at) => sum + Number(digit) * weights[at], 0);
  return body + '10X98765432'[sum % 11];
}
