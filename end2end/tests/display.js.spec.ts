// What only script does: changing the look without a new page, and reading aloud.
import { arrived, idOf } from './fill';
import { expect, settled, test } from './watch';

test('nothing that was typed is lost when the mode changes', async ({ page }) => {
  await page.goto('/items/MZ07/apply');
  await settled(page, true);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await arrived(page);
  await page.locator(idOf('applicant.name')).fill('张小三');
  await page.getByRole('button', { name: '长辈版', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mode', 'elder');
  await expect(page.locator(idOf('applicant.name'))).toHaveValue('张小三');
});

test('script and server make the same of every choice', async ({ page, context }) => {
  await page.goto('/about');
  await settled(page, true);
  const look = () => page.evaluate(() => ({ ...document.documentElement.dataset, hydrated: '', part: '' }));
  for (const mode of ['standard', 'elder']) {
    for (const colours of ['auto', 'light', 'dark', 'high']) {
      for (const size of ['m', 'l', 'xl']) {
        const value = `${mode}.${colours}.${size}.all`;
        await context.addCookies([{ name: 'tb_view', value, url: process.env.TONGBAN_URL ?? '' }]);
        await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
        const { mode: m, theme, contrast, size: s, told } = (await look()) as Record<string, string>;
        const html = await (await page.request.get('/about')).text();
        const said = `data-mode="${m}" data-theme="${theme}" data-contrast="${contrast}" data-size="${s}" data-told="${told}"`;
        expect(html.slice(0, 400), value).toContain(said);
      }
    }
  }
});

test('where the system chooses the colours, shapes and the focus are seen', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await page.goto('/items/MZ07');
  await settled(page, true);
  const start = page.getByRole('link', { name: '开始办理' }).first();
  const line = await start.evaluate((e) => getComputedStyle(e).borderTopWidth + getComputedStyle(e).borderTopStyle);
  expect(line).toMatch(/^[1-9].*solid$/);
  await page.keyboard.press('Tab');
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
  expect(ring).toBe('solid');
  // Drawings take the colour of the text.
  const icon = page.locator('main .tb-icon').first();
  const [stroke, ink] = await icon.evaluate((e) => [getComputedStyle(e).stroke, getComputedStyle(e).color]);
  expect(stroke).toBe(ink);
});

/** A browser with one voice, that keeps what it was told to say. */
function voices(local: boolean) {
  const said: string[] = [];
  class Utterance {
    rate = 1;
    onend?: () => void;
    constructor(public text: string) {}
  }
  const speech = {
    getVoices: () => [{ localService: local, lang: 'zh-CN', name: 'x' }],
    addEventListener: () => undefined,
    cancel: () => undefined,
    speak: (one: Utterance) => {
      said.push(`${one.rate} ${one.text}`);
      if (!(window as unknown as { hold?: boolean }).hold) setTimeout(() => one.onend?.());
    },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
  Object.defineProperty(window, 'said', { value: said });
}

const said = (page: import('@playwright/test').Page) =>
  page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'));

test('a page is read aloud by a voice of the device, slower, and stopped', async ({ page }) => {
  await page.addInitScript(voices, true);
  await page.goto('/items/MZ07');
  await settled(page, true);
  await page.getByRole('button', { name: '读给我听' }).click();
  await expect.poll(() => said(page)).toContain('80岁以上老人领津贴');
  await expect(page.getByRole('button', { name: '读给我听' })).toBeVisible();
  expect(await said(page)).not.toContain('跳到正文');

  await page.evaluate(() => Object.assign(window, { hold: true }));
  await page.getByRole('button', { name: '读给我听' }).click();
  await page.getByRole('button', { name: /慢些/ }).click();
  await expect.poll(() => said(page)).toContain('0.65 ');
  await page.getByRole('button', { name: '停下' }).click();
  await expect(page.getByRole('button', { name: '读给我听' })).toBeVisible();
});

test('the question where the person is comes first', async ({ page }) => {
  await page.addInitScript(voices, true);
  await page.goto('/items/MZ07/apply');
  await settled(page, true);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await arrived(page);
  await page.locator(idOf('applicant.id_number')).focus();
  await page.getByRole('button', { name: '读给我听' }).click();
  await expect.poll(() => said(page)).toMatch(/^0\.9 [^\n]*身份证/);
});

test('without a voice of the device there is no button', async ({ page }) => {
  await page.addInitScript(voices, false);
  await page.goto('/items/MZ07');
  await settled(page, true);
  await expect(page.getByRole('button', { name: '读给我听' })).toHaveCount(0);
});
