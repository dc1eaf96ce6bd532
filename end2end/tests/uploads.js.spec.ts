// Photographs and papers on a weak network: looked at, made small, sent in pieces that go on where they broke off.
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import config from '../playwright.config';
import { idOf } from './fill';
import { expect, settled, test } from './watch';

const launch = config.use?.launchOptions ?? {};
test.use({
  permissions: ['camera'],
  launchOptions: {
    ...launch,
    args: [...(launch.args ?? []), '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

const CARD = 'file_id_card';
const section = (page: Page, path = CARD) => page.locator('.tb-material', { has: page.locator(idOf(path)) });

/** The page of materials of a new draft. */
async function materials(page: Page) {
  await page.goto('/items/MZ07/apply');
  await settled(page, true);
  await page.getByRole('button', { name: '开始填表' }).click();
  await page.waitForURL('**/pages/applicant');
  await page.goto(`${page.url().split('/pages/')[0]}/pages/materials`);
  await settled(page, true);
}

/** A photograph as a phone makes it: full of grain, the upper half red, the lower half blue. */
async function photograph(page: Page, width: number, height: number, quality: number): Promise<Buffer> {
  const text = await page.evaluate(
    async ([width, height, quality]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d')!;
      const image = context.createImageData(width, height);
      for (let at = 0; at < image.data.length; at += 4) {
        const isUpper = at < image.data.length / 2;
        const grain = Math.random() * 110;
        image.data.set([isUpper ? 140 + grain : grain, grain, isUpper ? grain : 140 + grain, 255], at);
      }
      context.putImageData(image, 0, 0);
      const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), 'image/jpeg', quality));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(text);
    },
    [width, height, quality] as const,
  );
  return Buffer.from(text, 'base64');
}

/** The same, with the note that it has to be turned by a quarter to stand upright. */
function lying(jpeg: Buffer): Buffer {
  const tiff = Buffer.from('49492a00080000000100120103000100000006000000000000', 'hex');
  const block = Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.alloc(1)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(block.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, block, jpeg.subarray(2)]);
}

/** Width and height of a stored photograph, and its bytes. */
async function stored(page: Page, name: string): Promise<{ width: number; height: number; bytes: Buffer }> {
  const href = await page.getByRole('link', { name }).first().getAttribute('href');
  const bytes = await (await page.request.get(href ?? '')).body();
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    if ([0xc0, 0xc1, 0xc2].includes(bytes[at + 1])) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), bytes };
    }
  }
  throw new Error('no JPEG');
}

function paper(bytes: number) {
  const filling = randomBytes(bytes / 2).toString('hex');
  return { name: '证明.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7\n1 0 obj\n(${filling})\nendobj\n%%EOF\n`) };
}

/** Where the pieces that the page sends begin, and how many bytes they have. */
function pieces(page: Page) {
  const list: { offset: number; bytes: number }[] = [];
  page.on('request', (request) => {
    const offset = request.headers()['upload-offset'];
    if (offset !== undefined) list.push({ offset: Number(offset), bytes: Number(request.headers()['content-length'] ?? 0) });
  });
  return list;
}

/** As a network that is slow, but there. */
const slow = (page: Page) =>
  page.route('**/uploads/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue().catch(() => undefined);
  });

test('a large photograph arrives small and upright', async ({ page, axe }) => {
  await materials(page);
  const sent = pieces(page);
  const buffer = lying(await photograph(page, 3200, 2400, 0.99));
  expect(buffer.length).toBeGreaterThan(6_000_000);
  await page.locator(idOf(CARD)).setInputFiles({ name: '正面.jpg', mimeType: 'image/jpeg', buffer });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText('字看得清吗');
  await axe();
  await dialog.getByRole('button', { name: '用这张' }).click();
  await expect(page.getByRole('link', { name: '正面.jpg' })).toBeVisible({ timeout: 30_000 });
  await expect(dialog).toHaveCount(0);
  expect(sent.length).toBeGreaterThan(1);
  expect(Math.max(...sent.map((piece) => piece.offset))).toBeLessThan(1_000_000);
  const { width, height, bytes } = await stored(page, '正面.jpg');
  expect(bytes.includes('Exif')).toBe(false);
  // It was wider than high, and noted as lying on its side.
  expect(Math.abs(width / height - 2400 / 3200)).toBeLessThan(0.01);
});

test('a network that breaks in the middle costs nothing that was sent', async ({ page, context }) => {
  await materials(page);
  const sent = pieces(page);
  await slow(page);
  await page.locator(idOf(CARD)).setInputFiles(paper(900_000));
  await expect(section(page).getByRole('progressbar')).toBeVisible();
  await expect.poll(() => Math.max(0, ...sent.map((piece) => piece.offset))).toBeGreaterThan(100_000);
  await context.setOffline(true);
  await expect(section(page).getByText('网络断了')).toBeVisible();
  const before = sent.length;
  await context.setOffline(false);
  await expect(page.getByRole('link', { name: '证明.pdf' })).toBeVisible({ timeout: 60_000 });
  expect(Math.min(...sent.slice(before).map((piece) => piece.offset))).toBeGreaterThan(60_000);
  await expect(section(page).getByRole('progressbar')).toHaveCount(0);
});

test('after a reload the same file goes on, and another can be taken back', async ({ page }) => {
  await materials(page);
  const sent = pieces(page);
  await slow(page);
  const file = paper(900_000);
  await page.locator(idOf(CARD)).setInputFiles(file);
  await expect.poll(() => Math.max(0, ...sent.map((piece) => piece.offset))).toBeGreaterThan(100_000);
  await page.reload();
  await settled(page, true);
  await expect(section(page).getByText('请再选一次同一张照片')).toBeVisible();
  const before = sent.length;
  await page.locator(idOf(CARD)).setInputFiles(file);
  await expect(page.getByRole('link', { name: '证明.pdf' })).toBeVisible({ timeout: 60_000 });
  expect(sent[before].offset).toBeGreaterThan(60_000);
  await page.locator(idOf(CARD)).setInputFiles(paper(900_000));
  await section(page).getByRole('button', { name: '取消上传' }).click();
  await expect(section(page).getByRole('progressbar')).toHaveCount(0);
  await expect(page.getByRole('link', { name: '证明.pdf' })).toHaveCount(1);
});

test('turning and cutting change the picture that is stored', async ({ page }) => {
  await materials(page);
  const buffer = await photograph(page, 400, 200, 0.8);
  await page.locator(idOf(CARD)).setInputFiles({ name: '转.jpg', mimeType: 'image/jpeg', buffer });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '转一下' }).click();
  await dialog.getByRole('button', { name: '用这张' }).click();
  await expect(page.getByRole('link', { name: '转.jpg' })).toBeVisible();
  const turned = await stored(page, '转.jpg');
  expect([turned.width, turned.height]).toEqual([200, 400]);

  await page.locator(idOf(CARD)).setInputFiles({ name: '剪.jpg', mimeType: 'image/jpeg', buffer });
  await dialog.getByRole('button', { name: '剪掉边上' }).click();
  // By keyboard, then by mouse.
  await dialog.getByRole('button', { name: '左上角' }).focus();
  for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowRight');
  const corner = await dialog.getByRole('button', { name: '右下角' }).boundingBox();
  const view = await dialog.locator('.tb-edit__view').boundingBox();
  if (!corner || !view) throw new Error('no frame');
  await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
  await page.mouse.down();
  await page.mouse.move(view.x + view.width * 0.76, view.y + view.height * 0.56, { steps: 5 });
  await page.mouse.up();
  await dialog.getByRole('button', { name: '用这张' }).click();
  await expect(page.getByRole('link', { name: '剪.jpg' })).toBeVisible();
  const cut = await stored(page, '剪.jpg');
  // From 26 % to 76 % across, from 6 % to 56 % down.
  expect(Math.abs(cut.width - 200)).toBeLessThan(8);
  expect(Math.abs(cut.height - 100)).toBeLessThan(8);
});

test('a picture is left out, and one that cannot be opened is told beside the question', async ({ page }) => {
  await materials(page);
  const buffer = await photograph(page, 300, 200, 0.8);
  const picture = (name: string) => ({ name, mimeType: 'image/jpeg', buffer });
  await page.locator(idOf(CARD)).setInputFiles([picture('一.jpg'), picture('二.jpg')]);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('第 1 张，共 2 张')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog.getByText('第 2 张，共 2 张')).toBeVisible();
  await dialog.getByRole('button', { name: '用这张' }).click();
  await expect(page.getByRole('link', { name: '二.jpg' })).toBeVisible();
  await expect(page.getByRole('link', { name: '一.jpg' })).toHaveCount(0);
  await page.locator(idOf(CARD)).setInputFiles({ name: '坏.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>') });
  await expect(section(page).getByText('不是照片也不是 PDF')).toBeVisible();
  // Files can also be put into the control by another script.
  await page.locator(idOf(CARD)).evaluate((input: HTMLInputElement, bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], '拍.jpg', { type: 'image/jpeg' }));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, Array.from(buffer));
  await dialog.getByRole('button', { name: '用这张' }).click();
  await expect(page.getByRole('link', { name: '拍.jpg' })).toBeVisible();
});

test('the camera has a frame to aim at, and is off afterwards', async ({ page, axe }) => {
  await materials(page);
  await page.evaluate(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const media = await ask(wanted);
      tracks.push(...media.getTracks());
      return media;
    };
  });
  const states = () =>
    page.evaluate(() => (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map((track) => track.readyState));
  await section(page).getByRole('button', { name: '对准拍照' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText('正面');
  await expect(dialog.getByRole('button', { name: '拍照', exact: true })).toBeEnabled();
  await axe();
  await dialog.getByRole('button', { name: '拍照', exact: true }).click();
  expect(await states()).toEqual(['ended']);
  await dialog.getByRole('button', { name: '重拍' }).click();
  await dialog.getByRole('button', { name: '拍照', exact: true }).click();
  await dialog.getByRole('button', { name: '用这张' }).click();
  await expect(dialog.getByRole('heading')).toContainText('反面');
  await dialog.getByRole('button', { name: '拍照', exact: true }).click();
  await dialog.getByRole('button', { name: '用这张' }).click();
  await expect(page.getByRole('link', { name: /反面\.jpg/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /正面\.jpg/ })).toBeVisible();
  const shot = await stored(page, '正面.jpg');
  expect(Math.abs(shot.width / shot.height - 85.6 / 54)).toBeLessThan(0.08);
  // Whatever ends it: the camera is off.
  await section(page).getByRole('button', { name: '对准拍照' }).click();
  await expect(dialog.getByRole('button', { name: '拍照', exact: true })).toBeEnabled();
  await page.evaluate(() => window.dispatchEvent(new Event('tongban:wipe')));
  await expect(dialog).toHaveCount(0);
  expect(new Set(await states())).toEqual(new Set(['ended']));
});
