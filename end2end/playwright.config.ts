import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';

// Which tests run where is said by the file's name:
//   name.spec.ts        on a phone, with and without JavaScript
//   name.js.spec.ts     on a phone, with JavaScript only
//   name.nojs.spec.ts   on a phone, without JavaScript only
//   name.desk.spec.ts   on a worker's screen, with JavaScript
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const desk = { viewport: { width: 1440, height: 900 } };

function chromium(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = [process.env.TONGBAN_CHROMIUM, '/usr/bin/chromium', ...folders.map((folder) => join(folder, 'chromium'))];
  return places.find((place) => place && existsSync(place)) ?? 'chromium';
}

export default defineConfig({
  testDir: 'tests',
  outputDir: 'results/artifacts',
  globalSetup: './global-setup.ts',
  forbidOnly: !!process.env.CI,
  fullyParallel: false, // the tests of one file run in order; files run side by side
  workers: 2,
  retries: 0,
  timeout: 120_000, // how fast it is is a matter of benchmarks; a slow machine must not fail
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }]],
  use: {
    baseURL: process.env.TONGBAN_URL, // set by the global setup before the workers start
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    // Filming every page costs much of a small machine; where nobody will look at it, it is left out.
    trace: process.env.CI ? 'off' : 'retain-on-failure',
    launchOptions: {
      executablePath: chromium(),
      args: [
        '--headless',
        '--no-sandbox', // Chromium's sandbox refuses to run as root
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking', // the tests talk to the server on this machine and to nothing else
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    {
      name: 'js',
      testIgnore: ['**/*.nojs.spec.ts', '**/*.desk.spec.ts'],
      use: phone,
    },
    {
      name: 'nojs',
      testIgnore: ['**/*.js.spec.ts', '**/*.desk.spec.ts'],
      use: { ...phone, javaScriptEnabled: false },
    },
    {
      name: 'desk',
      testMatch: '**/*.desk.spec.ts',
      use: desk,
    },
  ],
});
