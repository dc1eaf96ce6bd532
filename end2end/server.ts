// Starts and stops the release binary, for the whole run (global-setup.ts) and for tests that need a server of their own.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(__dirname, '..');
const binary = resolve(process.env.TONGBAN_BIN ?? join(root, 'target/release/tongban'));
const siteDir = resolve(process.env.TONGBAN_SITE_DIR ?? join(root, 'target/site'));
const logFolder = join(__dirname, 'results');

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 20_000;

export interface Server {
  url: string;
  port: number;
  dataDir: string;
  process: ChildProcess;
  /** Where everything that the server printed is kept. */
  log: string;
}

export interface StartOptions {
  dataDir: string;
  /** A free one is taken when it is not given. */
  port?: number;
  /** More variables, for example TONGBAN_DATABASE_URL. */
  env?: Record<string, string>;
}

/** Brings the data folder's database up to date and fills it with the demo city; returns what that printed (sign-ins). */
export async function prepareData(dataDir: string, env: Record<string, string> = {}): Promise<string> {
  const options = { env: environment({ TONGBAN_DATA_DIR: dataDir, ...env }), maxBuffer: 16 << 20 };
  await promisify(execFile)(binary, ['migrate'], options);
  const seeded = await promisify(execFile)(binary, ['seed', '--demo'], options);
  return seeded.stdout;
}

/** Starts a server on the data folder and waits until it answers. */
export async function startServer({ dataDir, port, env = {} }: StartOptions): Promise<Server> {
  if (!existsSync(binary)) throw new Error(`no server at ${binary}: run scripts/build`);
  port ??= await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(logFolder, `server-${port}.log`);
  mkdirSync(logFolder, { recursive: true });

  const child = spawn(binary, ['serve'], {
    env: environment({ TONGBAN_ADDR: `127.0.0.1:${port}`, TONGBAN_PUBLIC_URL: url, TONGBAN_DATA_DIR: dataDir, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log, { flags: 'a' }); // a restart on the same port adds to it
  let lastWords = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-2000);
      file.write(chunk);
    });
  }
  child.once('close', () => file.end());
  const killWithUs = () => child.kill('SIGKILL'); // no server outlives the test run
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));

  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ??= `it ended with ${signal ?? `code ${code}`}`));
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await isHealthy(url))) {
    if (!failure && Date.now() > limit) {
      child.kill('SIGKILL');
      failure = `no answer within ${START_LIMIT_MS / 1000} s`;
    }
    if (failure) throw new Error(`the server did not start: ${failure}\n${lastWords}`);
    await pause(50);
  }
  return { url, port, dataDir, process: child, log };
}

/** Sends the signal and waits for the end. A server that does not obey is killed, and that is an error. */
export async function stopServer(server: Server, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const child = server.process;
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<true>((done) => child.once('exit', () => done(true)));
  child.kill(signal);
  if (await Promise.race([ended, pause(STOP_LIMIT_MS)])) return;
  child.kill('SIGKILL');
  await ended;
  throw new Error(`the server did not stop within ${STOP_LIMIT_MS / 1000} s after ${signal}; its log: ${server.log}`);
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

/** This process's variables without the developer's own TONGBAN_ settings, which would point at other data. */
function environment(own: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('TONGBAN_'));
  return { ...Object.fromEntries(inherited), TONGBAN_SITE_DIR: siteDir, ...own } as Record<string, string>;
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
