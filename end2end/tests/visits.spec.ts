// For who does not manage alone: an appointment at a window, moved and cancelled; a call; both at the desk.
import { newPhone, signInAs } from './account';
import { desk } from './desk';
import { expect, settled, test } from './watch';

test.describe.configure({ timeout: 300_000 });

test('book a time, move it, cancel it', async ({ page, browser, script, axe }) => {
  await signInAs(page, browser, script, newPhone());
  await page.goto('/items/MZ07');
  await settled(page, script);
  await page.getByRole('link', { name: '约个时间去窗口' }).click();
  await expect(page.getByRole('heading', { name: '您住在哪个区县？' })).toBeVisible();
  await axe();
  await page.getByRole('link', { name: '沈河区' }).click();
  await page.getByRole('link', { name: '滨河街道' }).click();
  await expect(page.getByRole('link', { name: '滨河街道（街道窗口）' })).toBeVisible();
  await page.getByRole('link', { name: '多福社区' }).click();
  await expect(page.getByRole('heading', { name: '选个时间' })).toBeVisible();
  await settled(page, script);
  await axe();
  // What is missing is said, and nothing typed is lost.
  await page.getByLabel('您怎么称呼？').fill('张小三');
  await page.getByRole('button', { name: '约好' }).click();
  await expect(page.locator('#error-summary')).toBeVisible();
  await expect(page.getByLabel('您怎么称呼？')).toHaveValue('张小三');
  await axe();
  await page.getByRole('radio').last().check();
  await page.getByRole('button', { name: '约好' }).click();
  await page.waitForURL('**/me/visits');
  await settled(page, script);
  await expect(page.getByText('约好了：')).toBeVisible();
  await expect(page.getByText('带什么')).toBeVisible();
  await axe();
  const before = await page.locator('.tb-panel__title').first().innerText();
  await page.getByRole('link', { name: '改时间' }).click();
  await settled(page, script);
  await axe();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: '改成这个时间' }).click();
  await page.waitForURL('**/me/visits');
  await settled(page, script);
  await expect(page.getByText('改好了：')).toBeVisible();
  expect(await page.locator('.tb-panel__title').first().innerText()).not.toBe(before);
  await page.getByRole('button', { name: /取消.*的预约/ }).click();
  await expect(page.getByText('取消好了')).toBeVisible();
  expect(page.url()).not.toContain('张小三');
});

test('ask for a call, and be called', async ({ page, browser, script, axe }) => {
  const phone = newPhone();
  await page.goto('/calls/new?item=MZ07&office=210103005024');
  await settled(page, script);
  await axe();
  await page.getByLabel('您怎么称呼？').fill('李秀英');
  await page.getByLabel('打哪个手机号？').fill(phone);
  await page.getByRole('button', { name: '请打给我' }).click();
  await expect(page.locator('#error-summary')).toBeVisible();
  await expect(page.getByLabel('打哪个手机号？')).toHaveValue(phone);
  await page.getByLabel('上午').check();
  await page.getByRole('button', { name: '请打给我' }).click();
  await expect(page.getByText('记下了')).toBeVisible();
  await settled(page, script);
  await axe();
  const worker = await desk(browser, script, 'duofu-1');
  await worker.page.goto('/desk/calls');
  await settled(worker.page, script);
  const row = worker.page.locator('.tb-panel', { hasText: phone });
  await row.getByRole('button', { name: '没打通：李秀英' }).click();
  await expect(row.getByText('1次没打通')).toBeVisible();
  await row.getByRole('button', { name: '打过了：李秀英' }).click();
  await expect(row).toHaveCount(0);
  await worker.close();
});
