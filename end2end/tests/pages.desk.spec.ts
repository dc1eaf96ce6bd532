// Every page of the desk that needs no case: it stands, script comes to work on it, nothing serious is amiss.
import { enter, expect, settled, signIn, test } from './watch';

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

for (const [login, pages] of Object.entries({
  'anquan-1': ['/desk', '/desk/admin/workers', '/desk/admin/proposals', '/desk/admin/contracts', '/desk/account'],
  'xitong-1': ['/desk/admin/workers?q=binhe-1', '/desk/admin/proposals'],
  'shenji-1': ['/desk', '/desk/audit', '/desk/audit/looks'],
})) {
  test(`the pages of ${login}`, async ({ page, axe }) => {
    await enter(page, login);
    for (const address of pages) {
      await page.goto(address);
      await settled(page, true);
      await expect(page.locator('h1')).toHaveCount(1);
      await axe();
    }
  });
}
