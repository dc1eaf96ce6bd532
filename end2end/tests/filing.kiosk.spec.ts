// A resident files at a kiosk with nothing but the screen, standing or lying.
import { MZ07, PHONE } from './fill';
import { answerForm, beginForm, enrolled, press, ready, tooSmall } from './kiosk';
import { expect, test } from './watch';

test.beforeEach(async ({ browser, context }) => {
  await context.addCookies(await enrolled(browser));
});

test('files with the keyboard on the screen, one question at a time, and everything is large enough', async ({ page, axe }) => {
  test.setTimeout(240_000);
  const large = async () => expect(await tooSmall(page), page.url()).toEqual([]);
  await page.goto('/kiosk');
  await ready(page);
  await large();
  await axe();
  await page.getByRole('link', { name: /我要办事/ }).click();
  await page.waitForURL('**/items');
  await page.goto('/items/MZ07');
  await ready(page);
  await large();
  // More than fits: big buttons go through it, and nothing has to be dragged.
  const down = page.getByRole('button', { name: '往下看' });
  for (let turn = 0; (await down.isEnabled()) && turn < 20; turn++) {
    const before = await page.evaluate(() => document.documentElement.scrollTop);
    await down.click();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollTop)).toBeGreaterThan(before);
    await page.waitForTimeout(400);
  }
  await expect(page.getByRole('button', { name: '往上看' })).toBeEnabled();

  await beginForm(page);
  await expect(page.locator('.tb-tools__count')).toHaveText('第 1 题，共 4 题');
  await axe();
  await answerForm(page, MZ07, large);
  await expect(page.getByText('210103194001019013（男，86岁）')).toBeVisible();
  await expect(page.getByText('多福路1号2单元301')).toBeVisible();
  await large();
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/**');
  await expect(page.getByRole('heading', { name: '提交成功' })).toBeVisible();
  await large();
  await axe();
  const receipt = await page.locator('.tb-receipt').innerText();
  expect(receipt).not.toContain('210103194001019013');
  expect(receipt).not.toContain(PHONE);
});

test('a question that is answered wrongly is shown again, and steps lead back', async ({ page }) => {
  await beginForm(page);
  await page.locator('[name="applicant.name"]').click();
  await press(page, '张小三');
  await page.getByRole('button', { name: '下一个' }).click();
  const number = page.locator('[name="applicant.id_number"]');
  await expect(number).toBeFocused(); // the pad is there without a press
  await press(page, '210103194001019012');
  await page.getByRole('button', { name: '下一个' }).click();
  await expect(page.locator('.tb-field--wrong', { has: number }).first()).toBeVisible();
  await expect(page.locator('.tb-tools__count')).toHaveText('第 2 题，共 4 题');
  await page.locator('[data-key=clear]').click();
  await press(page, '210103194001019013');
  await page.getByRole('button', { name: '下一个' }).click();
  await expect(page.locator('[name="applicant.phone"]')).toBeVisible();
  await page.getByRole('button', { name: '下一个' }).click(); // left empty
  await page.locator('.tb-choice__label').first().click();
  await page.locator('.tb-actions').getByRole('button', { name: '下一步' }).click();
  // The server's finding leads to its question.
  await expect(page.locator('[name="applicant.phone"]')).toBeVisible();
  await expect(page.locator('.tb-tools__count')).toHaveText('第 3 题，共 4 题');
  await page.getByRole('link', { name: '上一步' }).click();
  await expect(number).toBeVisible();
  await expect(number).toHaveValue('210103194001019013');
});
