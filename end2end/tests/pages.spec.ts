// Every page that needs no draft, in every width: no sideways scrolling, no serious accessibility fault.
import { expect, settled, test } from './watch';

const PAGES = [
  '/',
  '/about',
  '/items',
  '/items?q=低保',
  '/items?q=没有这件事',
  '/items?audience=elderly',
  '/items/MZ01',
  '/items/MZ02',
  '/items/RS01',
  '/items/SQ01/check',
  '/certificates',
  '/events/newborn',
  '/announcements',
  '/ratings',
  '/verify',
  '/inbox',
  '/items/MZ07/apply',
  '/track',
  '/resume',
  '/desk/sign-in',
  '/nothing-here',
  '/cases/210103-MZ07-20261122-00017-K',
];

for (const address of PAGES) {
  test(`${address} stands in every width`, async ({ page, script, axe }) => {
    await page.goto(address);
    await settled(page, script);
    await expect(page.locator('h1')).toHaveCount(1);
    for (const width of [320, 390, 1080, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const beyond = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
      expect(beyond, `${address} at ${width}px`).toBeLessThanOrEqual(0);
    }
    await axe();
  });
}

test('a certificate that communities must not issue names the place to go', async ({ page, script }) => {
  await page.goto('/items/SQ01/check');
  await settled(page, script);
  await expect(page.locator('form').last()).toBeVisible();
});
