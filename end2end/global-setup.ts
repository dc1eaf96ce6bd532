import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, prepareData, startServer, stopServer } from './server';

// One server with the demo city for the whole run, in a data folder of its own. Tests find
//   process.env.TONGBAN_URL         where it is (also the base of every relative address)
//   process.env.TONGBAN_PID         its process, to be measured
//   process.env.TONGBAN_KIOSK_AGENT_URL  where its kiosks look for the agent of their devices, which a test may start there
//   process.env.TONGBAN_DEMO_NOTES  what `tongban seed --demo` printed, the demo workers' sign-ins among it
// With TONGBAN_URL already set, the tests run against that server instead.
export default async function globalSetup() {
  if (process.env.TONGBAN_URL) return;
  const dataDir = await mkdtemp(join(tmpdir(), 'tongban-end2end-'));
  const forget = () => rm(dataDir, { recursive: true, force: true });
  try {
    process.env.TONGBAN_DEMO_NOTES = await prepareData(dataDir);
    const agent = `http://127.0.0.1:${await freePort()}`;
    const server = await startServer({ dataDir, env: { TONGBAN_KIOSK_AGENT_URL: agent } });
    process.env.TONGBAN_KIOSK_AGENT_URL = agent;
    process.env.TONGBAN_URL = server.url;
    process.env.TONGBAN_PID = String(server.process.pid ?? '');
    return async () => {
      await stopServer(server);
      await forget();
    };
  } catch (error) {
    await forget();
    throw error;
  }
}
