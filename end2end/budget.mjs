// Measures the first visit of a cheap phone in a weak network: `node budget.mjs URL [REPEATS]`, run by scripts/bench phone.
// Prints the median of each number: when the largest thing stood there, how long script was in the way, what moved,
// how soon a tap was answered, and what travelled.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const [base, repeats = '5'] = process.argv.slice(2);
const executablePath = [process.env.TONGBAN_CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));

const NETWORKS = [
  { name: '1.6 Mbit/s, 150 ms, CPU 4x', latency: 150, bits: 1_600_000, cpu: 4 },
  { name: '400 kbit/s, 400 ms, CPU 10x', latency: 400, bits: 400_000, cpu: 10 },
];

/** Runs in the page before anything else. */
function observe() {
  const seen = (window.seen = { lcp: 0, fcp: 0, cls: 0, long: [], taps: [] });
  const on = (type, each, more) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  on('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  on('paint', (entry) => entry.name === 'first-contentful-paint' && (seen.fcp = entry.startTime));
  on('layout-shift', (entry) => !entry.hadRecentInput && (seen.cls += entry.value));
  on('longtask', (entry) => seen.long.push([entry.startTime, entry.duration]));
  on('event', (entry) => entry.interactionId && seen.taps.push(entry.duration), { durationThreshold: 16 });
}

async function visit(browser, network, path, cookies) {
  const context = await browser.newContext({ baseURL: base, locale: 'zh-CN', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, serviceWorkers: 'block' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.addInitScript(observe);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  const types = new Map();
  const bytes = {};
  cdp.on('Network.responseReceived', ({ requestId, response }) => types.set(requestId, response.mimeType));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId) ?? '';
    const kind = ['html', 'css', 'wasm', 'javascript'].find((word) => type.includes(word)) ?? 'other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: network.latency, downloadThroughput: network.bits / 8, uploadThroughput: network.bits / 8 });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: network.cpu });
  await page.goto(path, { waitUntil: 'load', timeout: 120_000 });
  await page.waitForSelector('html[data-hydrated]', { timeout: 120_000 });
  const live = await page.evaluate(() => performance.now());
  await page.waitForTimeout(2000);
  // What is tapped most on each page: a choice of the form, else the fold of a list, else the search.
  const target = page.locator('main input[type=radio] + label, main label:has(input[type=radio]), main summary, main input[type=search], main input').first();
  await target.tap({ timeout: 60_000 });
  await page.waitForTimeout(1500);
  const seen = await page.evaluate(() => window.seen);
  await context.close();
  const blocking = seen.long.filter(([at]) => at >= seen.fcp && at < live + 2000).reduce((sum, [, time]) => sum + Math.max(0, time - 50), 0);
  return { lcp: seen.lcp, fcp: seen.fcp, tbt: blocking, cls: seen.cls, tap: Math.max(0, ...seen.taps), live, ...bytes };
}

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const kb = (value = 0) => (value / 1000).toFixed(1);

async function draft(browser) {
  const context = await browser.newContext({ baseURL: base, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto('/items/MZ07/apply');
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  const found = { path: new URL(page.url()).pathname, cookies: await context.cookies() };
  await context.close();
  return found;
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
const form = await draft(browser);
console.log('page     LCP ms  FCP ms  TBT ms     CLS  tap ms  live ms   html    css     js   wasm (kB, compressed)');
for (const network of NETWORKS) {
  console.log(network.name);
  for (const [name, path, cookies] of [['home', '/', []], ['guide', '/items/MZ07', []], ['form', form.path, form.cookies]]) {
    const rows = [];
    for (let turn = 0; turn < Number(repeats); turn++) rows.push(await visit(browser, network, path, cookies));
    const of = (key) => median(rows.map((row) => row[key] ?? 0));
    const numbers = [of('lcp'), of('fcp'), of('tbt')].map((value) => value.toFixed(0).padStart(7));
    const sizes = ['html', 'css', 'javascript', 'wasm'].map((key) => kb(of(key)).padStart(6));
    console.log(`${name.padEnd(7)}${numbers.join(' ')} ${of('cls').toFixed(3).padStart(7)} ${of('tap').toFixed(0).padStart(7)} ${of('live').toFixed(0).padStart(8)} ${sizes.join(' ')}`);
  }
}
await browser.close();
