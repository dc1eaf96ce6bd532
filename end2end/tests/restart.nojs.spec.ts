// Power is cut after a submission: the case is there.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareData, startServer, stopServer } from '../server';
import { MZ07, PHONE, fillForm } from './fill';
import { expect, test, watched } from './watch';

test('a case survives the end of the server', async ({ browser }) => {
  test.setTimeout(240_000);
  const dataDir = await mkdtemp(join(tmpdir(), 'tongban-restart-'));
  await prepareData(dataDir);
  let server = await startServer({ dataDir });
  try {
    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
    // Its server is killed under it: what fails to load then is no fault.
    const page = await context.newPage();
    await page.goto('/items/MZ07/apply');
    await page.getByRole('button', { name: '开始填表' }).click();
    await fillForm(page, false, MZ07);
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.waitForURL('**/cases/**');
    const number = new URL(page.url()).pathname.split('/').pop() ?? '';
    await stopServer(server, 'SIGKILL');
    server = await startServer({ dataDir, port: server.port });
    await page.reload();
    await expect(page.getByText(number).first()).toBeVisible();
    const other = watched(await browser.newPage({ baseURL: server.url, javaScriptEnabled: false }));
    await other.goto('/track');
    await other.getByLabel('办件编号').fill(number);
    await other.getByLabel('手机号后四位').fill(PHONE.slice(-4));
    await other.getByRole('button', { name: '查进度' }).click();
    await expect(other.getByText('张*三').first()).toBeVisible();
    await stopServer(server);
    expect(server.process.exitCode).toBe(0);
  } finally {
    if (server.process.exitCode === null && server.process.signalCode === null) await stopServer(server, 'SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
});
