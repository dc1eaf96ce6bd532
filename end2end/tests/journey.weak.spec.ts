// The main journey of a cheap phone in a weak network: 400 kbit/s, 400 ms, a processor ten times slower.
import { MZ07, fillForm } from './fill';
import { expect, settled } from './watch';
import { test } from './weak';

test('from the guide to the receipt', async ({ page, context }) => {
  test.setTimeout(600_000);
  const client = await context.newCDPSession(page);
  await client.send('Network.enable');
  const speed = 400_000 / 8;
  await client.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: speed, uploadThroughput: speed });
  await client.send('Emulation.setCPUThrottlingRate', { rate: 10 });
  await page.goto('/items/MZ07', { timeout: 60_000 });
  await page.getByRole('link', { name: '开始办理' }).first().click();
  await page.waitForURL('**/apply', { timeout: 60_000 });
  await settled(page, true);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant', { timeout: 60_000 });
  await fillForm(page, true, MZ07);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL('**/cases/**', { timeout: 60_000 });
  await expect(page.locator('.tb-case__name')).toBeVisible();
});
