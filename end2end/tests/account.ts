// Signing in as a resident: the code is read where the demo shows its messages.
import { type Browser, type Page, expect } from '@playwright/test';
import { settled, watched } from './watch';

/** A phone that nobody else has in this run. */
export function newPhone(): string {
  return `15${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
}

/** The last code that was sent to a phone, from the inbox of the demo. */
export async function codeFor(browser: Browser, phone: string, base?: string): Promise<string> {
  const context = await browser.newContext({ baseURL: base ?? process.env.TONGBAN_URL, javaScriptEnabled: false });
  try {
    const inbox = watched(await context.newPage());
    const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
    await inbox.goto('/inbox');
    const text = await inbox.locator('.tb-panel', { hasText: masked }).first().innerText();
    const code = /验证码(\d{6})/.exec(text)?.[1];
    if (!code) throw new Error(`no code for ${masked}: ${text}`);
    return code;
  } finally {
    await context.close();
  }
}

/** From the page to sign in at to wherever that leads. */
export async function signInAs(
  page: Page,
  browser: Browser,
  script: boolean,
  phone: string,
  shared = false,
  base?: string,
) {
  await page.goto('/sign-in');
  await settled(page, script);
  await page.getByLabel('手机号', { exact: true }).fill(phone);
  if (shared) await page.getByLabel('这是公用的设备').check();
  await page.getByRole('button', { name: '发验证码' }).click();
  await page.waitForURL('**/sign-in/code');
  await settled(page, script);
  await typeCode(page, browser, phone, base);
  await expect(page.locator('h1')).not.toHaveText('填短信里的验证码');
}

export async function typeCode(page: Page, browser: Browser, phone: string, base?: string) {
  await page.getByLabel('6位验证码').fill(await codeFor(browser, phone, base));
  await page.getByRole('button', { name: '确定' }).click();
}
