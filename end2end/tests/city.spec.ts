// Signing in through the city's identity platform: a real OpenID provider, a server of our own beside it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Server, freePort, prepareData, startServer, stopServer } from '../server';
import { signInAs } from './account';
import { expect, settled, test, watched } from './watch';

test.describe.configure({ timeout: 480_000 });

let dataDir: string;
let server: Server;
let provider: ChildProcess;

test.beforeAll(async () => {
  const [port, ours] = [await freePort(), await freePort()];
  dataDir = await mkdtemp(join(tmpdir(), 'tongban-city-'));
  provider = spawn('node', [join(__dirname, '../city.mjs'), String(port), `http://127.0.0.1:${ours}/sign-in/city/back`]);
  await new Promise<void>((done, fail) => {
    provider.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && done());
    provider.once('exit', () => fail(new Error('the provider did not start')));
  });
  await prepareData(dataDir);
  const env = {
    TONGBAN_OIDC_ISSUER: `http://127.0.0.1:${port}`,
    TONGBAN_OIDC_CLIENT_ID: 'tongban',
    TONGBAN_OIDC_CLIENT_SECRET: 'a secret of the test',
  };
  server = await startServer({ dataDir, port: ours, env });
});

test.afterAll(async () => {
  if (server) await stopServer(server);
  provider?.kill();
  await rm(dataDir, { recursive: true, force: true });
});

test('out to the platform and back, signed in with a proven name', async ({ browser, script, axe }) => {
  const page = watched(await browser.newPage({ baseURL: server.url, javaScriptEnabled: script }));
  await page.goto('/sign-in');
  await settled(page, script);
  await axe(page);
  await page.getByRole('button', { name: '用城市统一身份认证登录' }).click();
  await page.getByRole('button', { name: '取消' }).click();
  await expect(page.getByText('您在城市统一身份认证那边取消了')).toBeVisible();
  await settled(page, script);
  await page.getByRole('button', { name: '用城市统一身份认证登录' }).click();
  await page.getByRole('button', { name: '张小三' }).click();
  await page.waitForURL('**/me');
  await expect(page.getByText('张*三')).toBeVisible();
  expect(await page.content()).not.toContain('210103194001019013');
  expect(new URL(page.url()).search).toBe('');
  await page.close();
});

test('the platform proves the name of an account by phone', async ({ browser, script }) => {
  const page = watched(await browser.newPage({ baseURL: server.url, javaScriptEnabled: script }));
  await signInAs(page, browser, script, '13700137000', false, server.url);
  await page.goto('/me/real-name');
  await settled(page, script);
  await page.getByRole('button', { name: '用城市统一身份认证来实名' }).click();
  await page.getByRole('button', { name: '李四' }).click();
  await expect(page.getByText('没有提供姓名和身份证号码')).toBeVisible();
  await page.close();
});
