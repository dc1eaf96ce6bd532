// Every page of the desk that needs no case: it stands, script comes to work on it, nothing serious is amiss.
import { expect, settled, signIn, test } from './watch';

const PAGES = ['/desk', '/desk/start', '/desk/start?q=MZ07', '/desk/custody', '/desk/appointments', '/desk/ratings'];

test('the pages of the desk stand, gone to by a link and loaded whole', async ({ page, axe }) => {
  await signIn(page, 'laomo-1');
  for (const address of PAGES) {
    await page.goto(address);
    await settled(page, true);
    await expect(page.locator('h1')).toHaveCount(1);
    await axe();
  }
  for (const link of await page.locator('header a[href^="/desk/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
    await page.locator(`header a[href="${link}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(`${link}$`));
    await expect(page.locator('h1')).toHaveCount(1);
  }
});
