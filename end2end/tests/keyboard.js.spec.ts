// A resident without a mouse: from the first page to the progress of the case, and the focus is seen at every stop.
import { MZ07, PHONE, arrived, idOf, pageKey, png } from './fill';
import { keys } from './keys';
import { expect, settled, test } from './watch';

test.describe.configure({ timeout: 240_000 });

test('find, fill in, hand in, see how it goes, with the keyboard alone', async ({ page }) => {
  const keyboard = keys(page);
  await page.goto('/');
  await settled(page, true);
  // The first stop leads past what is the same on every page.
  await keyboard.press('跳到正文');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  await keyboard.to(/用平常的话找/);
  await page.keyboard.type('gaoling');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/items\?/);
  await keyboard.press(/80岁以上老人领津贴/);
  await page.waitForURL('**/items/MZ07');
  // On a new page the focus is on its heading.
  await expect(page.locator('main h1')).toBeFocused();
  await keyboard.press(/^开始办理/);
  await page.waitForURL('**/apply');
  await keyboard.press('开始填表');
  await page.waitForURL('**/pages/applicant');
  await settled(page, true);

  // What is wrong is said at once, and leads to its question.
  await arrived(page);
  await keyboard.press('下一步');
  await expect(page.locator('#error-summary')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator(idOf('applicant.name'))).toBeFocused();
  await page.keyboard.press('Shift+Tab');

  for (let step = 0; step < 12 && pageKey(page) !== 'review'; step++) {
    await arrived(page);
    const key = pageKey(page);
    for (const [path, codes] of Object.entries(MZ07[key].areas ?? {})) {
      const names = [path, `${path}.street`, `${path}.community`];
      for (const [level, code] of codes.entries()) {
        const id = [idOf(path), `${idOf(path)}-street`, `${idOf(path)}-community`][level];
        for (let stop = 0; stop < 60 && !(await page.locator(`${id}:focus`).count()); stop++) await page.keyboard.press('Tab');
        await expect(page.locator(id), names[level]).toBeFocused();
        await keyboard.choose(code);
      }
    }
    for (const [path, value] of Object.entries(MZ07[key].answers ?? {})) await keyboard.answer(path, String(value));
    for (const path of MZ07[key].files ?? []) {
      await keyboard.attach(path, png(`${path}.png`));
      await expect(page.getByText(`${path}.jpg`)).toBeVisible();
    }
    await keyboard.press('下一步');
    await page.waitForURL((url) => !url.pathname.endsWith(`/pages/${key}`), { timeout: 15_000 });
  }
  await arrived(page);
  await keyboard.press('提交申请');
  await page.waitForURL('**/cases/**');
  await expect(page.getByRole('heading', { name: '提交成功' })).toBeFocused();
  const number = new URL(page.url()).pathname.split('/').pop() ?? '';

  await keyboard.press(/^查?进度$/);
  await page.waitForURL('**/track');
  await expect(page.locator('main h1')).toBeFocused();
  await keyboard.to('办件编号');
  await page.keyboard.type(number);
  await keyboard.to(/手机号后四位/);
  await page.keyboard.type(PHONE.slice(-4));
  await keyboard.press('查进度');
  await page.waitForURL(`**/cases/${number}`);
});
