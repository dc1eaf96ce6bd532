// A network that can be taken away under the browser and its service worker, and a browser that keeps what it is given.
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { type BrowserContext, type Page, expect } from '@playwright/test';
import { test as base, watch } from './watch';

/** `deaf`: requests arrive, answers do not. */
type State = 'there' | 'away' | 'deaf';

export class Network {
  private state: State = 'there';
  private readonly sockets = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Network> {
    const target = Number(new URL(process.env.TONGBAN_URL ?? '').port);
    const server = createServer();
    const network = new Network(server);
    server.on('connection', (near) => network.join(near, target));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return network;
  }

  get url() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private join(near: Socket, target: number) {
    if (this.state === 'away') return near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const [socket, other] of [[near, far], [far, near]]) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => (this.state === 'deaf' ? near.destroy() : near.write(bytes)));
  }

  private cut() {
    for (const socket of this.sockets) socket.destroy();
  }

  /** `context`: its browser knows that it is offline. */
  async away(context?: BrowserContext) {
    this.state = 'away';
    this.cut();
    await context?.setOffline(true);
  }

  deaf() {
    this.state = 'deaf';
  }

  async back(context?: BrowserContext) {
    this.state = 'there';
    await context?.setOffline(false);
  }

  close() {
    this.cut();
    this.server.close();
  }
}

/** Without a network these stand in the console. */
const MISSED = /ERR_|Failed to fetch|HTTP status code is not ok|Failed to load resource/;

export const test = base.extend<{ network: Network }>({
  serviceWorkers: 'allow',
  network: async ({}, use) => {
    const network = await Network.open();
    await use(network);
    network.close();
  },
  baseURL: async ({ network }, use) => use(network.url),
  page: async ({ context }, use) => {
    const page = await context.newPage();
    const faults = watch(page);
    await use(page);
    expect(faults.filter((fault) => !MISSED.test(fault))).toEqual([]);
  },
});

/** The service worker has the page and what it is made of. */
export async function served(page: Page) {
  await page.waitForFunction(() => !!navigator.serviceWorker.controller);
  await expect.poll(() => kept(page)).toContainEqual(`page:${new URL(page.url()).pathname}`);
  // Files come before the page.
  await page.waitForTimeout(300);
}

/** The names of what is kept on the device; nothing when nothing ever was. */
export function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    if (!all.some((one) => one.name === 'tongban')) return [];
    return new Promise<string[]>((done, fail) => {
      const request = indexedDB.open('tongban');
      request.onerror = () => fail(request.error);
      request.onsuccess = () => {
        const database = request.result;
        if (!database.objectStoreNames.contains('kept')) return done([]);
        const keys = database.transaction('kept').objectStore('kept').getAllKeys();
        keys.onsuccess = () => {
          database.close();
          done(keys.result.map(String));
        };
      };
    });
  });
}
