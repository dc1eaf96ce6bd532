import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareData, startServer, stopServer } from './server';

// One server with the demo city for the whole run, in a data folder of its own. Tests find
//   process.env.TONGBAN_URL         where it is (also the base of every relative address)
//   process.env.TONGBAN_DEMO_NOTES  what `tongban seed --demo` printed, the demo workers' sign-ins among it
// With TONGBAN_URL already set, the tests run against that server instead.
export default async function globalSetup() {
  if (process.env.TONGBAN_URL) return;
  const dataDir = await mkdtemp(join(tmpdir(), 'tongban-end2end-'));
  const forget = () => rm(dataDir, { recursive: true, force: true });
  try {
    process.env.TONGBAN_DEMO_NOTES = await prepareData(dataDir);
    const server = await startServer({ dataDir });
    process.env.TONGBAN_URL = server.url;
    return async () => {
      await stopServer(server);
      await forget();
    };
  } catch (error) {
    await forget();
    throw error;
  }
}
