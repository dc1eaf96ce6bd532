// How pages look is chosen by a tap, remembered, and can be taken back; with and without script.
import { expect, settled, test } from './watch';

test('the elder mode is offered, explained once, remembered and left again', async ({ page, script }) => {
  await page.goto('/');
  await settled(page, script);
  const html = page.locator('html');
  await expect(page.getByText('可以换成长辈版')).toBeVisible();
  await expect(page.getByRole('heading', { name: '按类别找' })).toBeVisible();
  await page.getByRole('button', { name: '长辈版', exact: true }).click();
  await expect(html).toHaveAttribute('data-mode', 'elder');
  await expect(page.getByText('现在是长辈版')).toBeVisible();
  await expect(page.getByText('可以换成长辈版')).toBeHidden();
  await expect(page.getByRole('heading', { name: '按类别找' })).toBeHidden();
  await expect(page.getByRole('heading', { name: '老年人常办的事' })).toBeVisible();
  if (script) await expect(page.getByRole('button', { name: '标准版' })).toBeFocused();
  await page.getByRole('button', { name: '知道了' }).click();
  await expect(page.getByText('现在是长辈版')).toBeHidden();

  await page.goto('/items/MZ07');
  await settled(page, script);
  await expect(html).toHaveAttribute('data-mode', 'elder');
  await page.getByRole('button', { name: '标准版' }).click();
  await expect(html).toHaveAttribute('data-mode', 'standard');
  expect(new URL(page.url()).pathname).toBe('/items/MZ07');
  // It is known now.
  await page.getByRole('button', { name: '长辈版', exact: true }).click();
  await expect(html).toHaveAttribute('data-mode', 'elder');
  await expect(page.getByText('现在是长辈版')).toBeHidden();
});

test('size and colours are chosen by example', async ({ page, script }) => {
  await page.goto('/display');
  await settled(page, script);
  await page.getByLabel(/^特大/).check();
  await page.getByLabel(/^深色/).check();
  await page.getByRole('button', { name: '就这样' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-size', 'xl');
  await page.goto('/items/MZ07');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await page.locator('main h1 ~ p, main p').first().evaluate((p) => getComputedStyle(p).fontSize)).toMatch(/^3[0-9]/);
  await page.goto('/display');
  await expect(page.getByLabel(/^特大/)).toBeChecked();
  await expect(page.getByLabel(/^深色/)).toBeChecked();
});
