// One resident after the other at a kiosk that is never started again: neither the browser nor the server grows.
//   KIOSK_SESSIONS=10000 scripts/test e2e --project=kiosk soak     a week of a busy kiosk
import { readFileSync } from 'node:fs';
import type { CDPSession } from '@playwright/test';
import { beginForm, enrolled, press } from './kiosk';
import { expect, test } from './watch';

const SESSIONS = Number(process.env.KIOSK_SESSIONS ?? 6);
/** The first ones fill what stays: compiled scripts, caches, the dictionary. */
const WARM = Math.min(50, Math.ceil(SESSIONS / 3));
const SLACK_MB = 4;

interface Measured { heap: number; nodes: number; listeners: number; server: number }

test('the memory of browser and server stays flat', async ({ browser, context, page }) => {
  test.setTimeout(60_000 + SESSIONS * 15_000);
  await context.addCookies(await enrolled(browser));
  const tools = await context.newCDPSession(page);
  await tools.send('Performance.enable');
  const rows: Measured[] = [];
  for (let session = 1; session <= SESSIONS; session++) {
    await beginForm(page);
    await page.locator('[name="applicant.name"]').click();
    await press(page, '张小三');
    await page.getByRole('button', { name: '下一个' }).click();
    await page.getByRole('button', { name: '结束并清除' }).click();
    await page.waitForURL('**/kiosk?left=1');
    if (session === WARM || session === SESSIONS || session % Math.ceil(SESSIONS / 20) === 0) {
      rows.push(await measure(tools));
      console.log(`session ${session}`, JSON.stringify(rows[rows.length - 1]));
    }
  }
  const [first, last] = [rows[0], rows[rows.length - 1]];
  expect(last.heap, 'MB of script objects').toBeLessThan(first.heap + SLACK_MB);
  expect(last.nodes, 'elements').toBeLessThan(first.nodes * 1.5 + 500);
  expect(last.listeners, 'listeners').toBeLessThan(first.listeners * 1.5 + 100);
});

async function measure(tools: CDPSession): Promise<Measured> {
  await tools.send('HeapProfiler.collectGarbage');
  const { metrics } = await tools.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;
  return { heap: mb(of('JSHeapUsedSize')), nodes: of('Nodes'), listeners: of('JSEventListeners'), server: mb(serverBytes()) };
}

/** What the server has in memory; nothing when it is not ours. */
function serverBytes(): number {
  if (!process.env.TONGBAN_PID) return 0;
  const status = readFileSync(`/proc/${process.env.TONGBAN_PID}/status`, 'utf8');
  return Number(status.match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) * 1024;
}
