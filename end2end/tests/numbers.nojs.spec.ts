// The numbers of the rules for elderly people (适老化通用设计规范), read off the computed styles: type, lines, what is pressed.
// Contrast is asked for in modes.nojs.spec.ts. Without script, since styles do not depend on it.
import { type Page } from '@playwright/test';
import { expect, test } from './watch';

interface Least { text: number; main: number; target: number; largest: number }

const STANDARD: Least = { text: 16, main: 18, target: 44, largest: 24 };
const ELDER: Least = { text: 18, main: 24, target: 60, largest: 30 };
const PAGES = ['/', '/items', '/items/MZ07', '/items/SQ01/check', '/items/MZ07/apply', '/track', '/sign-in', '/display', 'form'];

/** What falls below the numbers. Runs in the page. */
function below(least: Least): string[] {
  const faults: string[] = [];
  const shown = (e: Element) => e.getClientRects().length > 0 && !e.closest('.tb-hidden, .tb-skip, svg, noscript');
  const name = (e: Element) => `${e.tagName.toLowerCase()}.${e.className} ${(e.textContent ?? '').trim().slice(0, 20)}`;
  const all = [...document.body.querySelectorAll('*')].filter(shown);
  const speaks = (e: Element) => [...e.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim());
  let largest = 0;
  for (const e of all.filter((e) => speaks(e) || e.matches('input, select, textarea'))) {
    const style = getComputedStyle(e);
    const size = parseFloat(style.fontSize);
    largest = Math.max(largest, size);
    if (size < (e.matches('p, li, dd, label, input, select, textarea, button') ? least.main : least.text) - 0.1 && !e.closest('.tb-sample, .tb-tag, .tb-example')) {
      faults.push(`type of ${size}px: ${name(e)}`);
    }
    const line = parseFloat(style.lineHeight) / size;
    if (line < 1.3) faults.push(`lines of ${line.toFixed(2)}: ${name(e)}`);
  }
  if (largest < least.largest) faults.push(`the largest type has ${largest}px`);
  // The whole box of a choice is its label; a link in a box reaches over all of it; one within a sentence is as high as that.
  for (const e of all.filter((e) => e.matches('a[href], button, select, summary, textarea, input:not([type=hidden])'))) {
    const box = e.closest('.tb-choice, .tb-item, .tb-tick') ?? e;
    const sentence = e.matches('a') && getComputedStyle(e).display === 'inline' && (e.parentElement?.textContent ?? '').trim() !== (e.textContent ?? '').trim();
    const { width, height } = box.getBoundingClientRect();
    if (!sentence && (height < least.target - 0.5 || width < least.target - 0.5)) {
      faults.push(`target of ${width.toFixed(0)} × ${height.toFixed(0)}: ${name(e)}`);
    }
  }
  // Paragraphs stand further apart than their lines.
  for (const p of all.filter((e) => e.matches('p + p'))) {
    const before = p.previousElementSibling as Element;
    if (!shown(before)) continue;
    const line = parseFloat(getComputedStyle(p).lineHeight);
    const gap = p.getBoundingClientRect().top - before.getBoundingClientRect().bottom;
    if (gap > 0 && gap + line < 1.3 * line) faults.push(`paragraphs ${gap}px apart: ${name(p)}`);
  }
  return faults;
}

async function open(page: Page, address: string) {
  if (address !== 'form') return page.goto(address);
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
}

for (const [mode, least, cookie] of [
  ['standard', STANDARD, 'standard.auto.m.all'],
  ['elder', ELDER, 'elder.auto.m.all'],
] as const) {
  test(`type, lines and targets in the ${mode} mode`, async ({ page, context }) => {
    await context.addCookies([{ name: 'tb_view', value: cookie, url: process.env.TONGBAN_URL ?? '' }]);
    const faults: string[] = [];
    for (const address of PAGES) {
      await open(page, address);
      faults.push(...(await page.evaluate(below, least)).map((fault) => `${address}: ${fault}`));
    }
    expect(faults).toEqual([]);
  });
}
