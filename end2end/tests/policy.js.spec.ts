// The watch of watch.ts sees what it is there for: without it, a page that breaks the policy would pass every test.
import { type Page, expect, test } from '@playwright/test';
import { settled, watch } from './watch';

const TEMPTATIONS: [string, RegExp, (page: Page) => Promise<unknown>][] = [
  ['script in the page', /policy: script-src/, (page) => page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.__xss = 1';
    document.body.append(script);
  })],
  ['a handler in an attribute', /policy: script-src/, (page) => page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.__xss = 1">');
  })],
  // Later, by itself: what the test runs directly is free of the policy.
  ['text that is run', /policy: script-src/, (page) => page.evaluate(() => {
    setTimeout(() => {
      try { new Function('window.__xss = 1')(); } catch { /* as it should be */ }
    });
  })],
  ['a style in an attribute', /policy: style-src/, (page) => page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<p style="position: fixed">x</p>');
  })],
  ['a picture from elsewhere', /policy: img-src|request to/, (page) => page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="http://127.0.0.2:9/x.png">');
  })],
  ['a question to elsewhere', /policy: connect-src|request to/, (page) => page.evaluate(() =>
    fetch('http://127.0.0.2:9/x').catch(() => undefined))],
  ['a form to elsewhere', /policy: form-action/, (page) => page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<form id="evil" method="post" action="http://127.0.0.2:9/x"></form>');
    document.querySelector<HTMLFormElement>('#evil')?.submit();
  })],
  ['another base', /policy: base-uri/, (page) => page.evaluate(() => {
    document.head.insertAdjacentHTML('beforeend', '<base href="http://127.0.0.2:9/">');
  })],
];

for (const [name, seen, tempt] of TEMPTATIONS) {
  test(`the policy forbids ${name}, and that is noticed`, async ({ page }) => {
    const faults = watch(page);
    await page.goto('/about');
    // The client, when it begins, takes away what is not its own: the event would reach nobody.
    await settled(page, true);
    await tempt(page);
    await expect.poll(() => faults.join('\n')).toMatch(seen);
    expect(await page.evaluate(() => (window as unknown as { __xss?: number }).__xss)).toBeUndefined();
  });
}

test('a window that asks something is noticed', async ({ page }) => {
  const faults = watch(page);
  await page.goto('/about');
  await page.evaluate(() => alert('x'));
  await expect.poll(() => faults.length).toBe(1);
});
