// What workers do, beside the resident's phone, with and without script.
import { type Browser, type Page, expect } from '@playwright/test';
import { answer } from './fill';
import { settled, signIn, watched } from './watch';

/** A worker's screen, signed in. */
export async function desk(browser: Browser, script: boolean, login: string) {
  const context = await browser.newContext({
    baseURL: process.env.TONGBAN_URL,
    javaScriptEnabled: script,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  });
  const page = watched(await context.newPage());
  await signIn(page, login);
  return { page, close: () => context.close() };
}

/** The form of a step, its disclosure opened. */
export async function stepForm(page: Page, key: string) {
  const form = page.locator(`form[action$="/${key}"]`);
  await form.waitFor({ state: 'attached' });
  const closed = page.locator('details:not([open])', { has: form });
  if (await closed.count()) await closed.locator('summary').first().click();
  return form;
}

/** Shows the masked answers of a page of the form, with a reason. */
export async function show(page: Page, script: boolean, key: string) {
  await settled(page, script);
  const section = page.locator(`#page-${key}`);
  await section.getByText('显示完整内容').click();
  await section.getByLabel('核对材料').check();
  await section.getByRole('button', { name: '显示', exact: true }).click();
  await expect(section.getByText('之后自动遮住')).toBeVisible();
}

/** A step by the word on its button. */
export async function act(page: Page, name: string, fill?: () => Promise<void>) {
  await fill?.();
  await page.getByRole('button', { name, exact: true }).click();
  await expect(page.getByText(`已完成：${name}`)).toBeVisible();
}

/** A step by its key, its form filled in. */
export async function step(page: Page, script: boolean, key: string, name: string, values: Record<string, string> = {}) {
  await settled(page, script);
  const form = await stepForm(page, key);
  for (const [field, value] of Object.entries(values)) await answer(page, `${key}.${field}`, value);
  await form.getByRole('button', { name, exact: true }).click();
  await expect(page.getByText(`已完成：${name}`)).toBeVisible();
}

/** What depends on the outcome is asked once it is chosen: without script when the form was sent once. */
export async function decide(page: Page, script: boolean, outcome: 'approved' | 'denied', values: Record<string, string>) {
  await settled(page, script);
  const form = await stepForm(page, 'decide');
  await answer(page, 'decide.outcome', outcome);
  const later = !script && (outcome === 'approved' || 'usual_reason' in values);
  if (later) {
    await form.getByRole('button', { name: '作出决定', exact: true }).click();
    await expect(page.locator('#error-summary')).toBeVisible();
  }
  for (const [field, value] of Object.entries(values)) await answer(page, `decide.${field}`, value);
  await page.locator('form[action$="/decide"]').getByRole('button', { name: '作出决定', exact: true }).click();
  await expect(page.getByText('已完成：作出决定')).toBeVisible();
}
