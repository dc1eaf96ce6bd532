// Signing in to the desk with a passkey: a real ceremony of the browser, with an authenticator that it plays itself.
// Browsers give no passkeys at an IP address: a server of our own, which people reach as `localhost`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, type Page } from '@playwright/test';
import { type Server, freePort, prepareData, startServer, stopServer } from '../server';
import { enter, expect, settled, test, watch } from './watch';

test.describe.configure({ timeout: 480_000 });

const LOGIN = 'faku-mz-2';
const NAME = '办公室电脑';

let dataDir: string;
let server: Server;
let home: string;

test.beforeAll(async () => {
  const port = await freePort();
  home = `http://localhost:${port}`;
  dataDir = await mkdtemp(join(tmpdir(), 'tongban-passkeys-'));
  await prepareData(dataDir);
  server = await startServer({ dataDir, port, env: { TONGBAN_PUBLIC_URL: home } });
});

test.afterAll(async () => {
  if (server) await stopServer(server);
  await rm(dataDir, { recursive: true, force: true });
});

async function open(browser: Browser, script: boolean) {
  const context = await browser.newContext({
    baseURL: home,
    javaScriptEnabled: script,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  const faults = watch(page);
  // The watch takes the address of the server of the whole run for the only one.
  const close = async () => {
    expect(faults.filter((fault) => fault !== 'request to http://localhost')).toEqual([]);
    await context.close();
  };
  return { page, close };
}

/** A computer with a fingerprint reader that knows the finger. */
async function reader(page: Page) {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const knows = (isUserVerified: boolean) =>
    session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  const kept = async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return { knows, kept };
}

async function password(page: Page) {
  await page.goto('/desk/sign-in');
  await page.getByLabel('用户名').fill(LOGIN);
  await page.getByLabel('密码').fill('tongban-2026');
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL('**/desk/sign-in/code');
}

async function leave(page: Page) {
  await page.getByRole('button', { name: '退出', exact: true }).click();
  await page.waitForURL('**/desk/sign-in');
}

test('a passkey is registered, signs in, and is removed', async ({ browser, axe }) => {
  const { page, close } = await open(browser, true);
  const finger = await reader(page);
  await enter(page, LOGIN);
  await page.goto('/desk/account');
  await settled(page, true);
  await page.getByRole('button', { name: '登记一个通行密钥' }).click();
  await page.waitForURL('**/desk/account/passkeys');
  await page.getByLabel('给它起个名字').fill(NAME);
  await axe(page);
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByText('登记好了')).toBeVisible();
  await expect(page.getByRole('row', { name: NAME })).toContainText('还没用过');
  expect(await finger.kept()).toHaveLength(1);
  await axe(page);
  await leave(page);

  // A finger that is not known, then the right one.
  await password(page);
  await finger.knows(false);
  const use = page.getByRole('button', { name: '用通行密钥验证' });
  await axe(page);
  await use.click();
  await expect(page.getByText('没有做完')).toBeVisible();
  await finger.knows(true);
  await use.click();
  await page.waitForURL('**/desk');
  expect(new URL(page.url()).search).toBe('');
  expect((await finger.kept())[0].signCount).toBeGreaterThan(1);

  await page.goto('/desk/account');
  await settled(page, true);
  await expect(page.getByRole('row', { name: NAME })).not.toContainText('还没用过');
  await page.getByRole('button', { name: `删掉通行密钥：${NAME}` }).click();
  await expect(page.getByText('删掉了。这个通行密钥不能再用来登录。')).toBeVisible();
  await leave(page);
  await password(page);
  await settled(page, true);
  await expect(page.getByLabel('动态码')).toBeVisible();
  await expect(use).toHaveCount(0);
  await close();
});

test('an answer that does not fit is told so, and may be given again', async ({ browser }) => {
  const { page, close } = await open(browser, true);
  await reader(page);
  await enter(page, LOGIN);
  await page.goto('/desk/account');
  await settled(page, true);
  await page.getByRole('button', { name: '登记一个通行密钥' }).click();
  await page.waitForURL('**/desk/account/passkeys');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await expect(page.getByText('登记好了')).toBeVisible();
  await leave(page);
  await password(page);
  // Somebody in between changes what the authenticator said.
  await page.route('**/desk/sign-in/passkey', (route) => {
    const sent = new URLSearchParams(route.request().postData() ?? '');
    const said = JSON.parse(sent.get('passkey') ?? '{}');
    said.response.signature = 'AAAA';
    return route.continue({ postData: new URLSearchParams({ passkey: JSON.stringify(said) }).toString() });
  });
  await page.getByRole('button', { name: '用通行密钥验证' }).click();
  await expect(page.getByText('通行密钥没有通过')).toBeVisible();
  await page.unroute('**/desk/sign-in/passkey');
  await page.getByRole('button', { name: '用通行密钥验证' }).click();
  await page.waitForURL('**/desk');
  await close();
});

test('without script the code is asked and nothing else', async ({ browser }) => {
  const { page, close } = await open(browser, false);
  await password(page);
  await expect(page.getByLabel('动态码')).toBeVisible();
  await expect(page.getByRole('button', { name: '用通行密钥验证' })).toHaveCount(0);
  await close();
});
