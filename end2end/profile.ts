// Looks for a text in every file that a browser has written, in the encodings and packings that Chromium uses.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';

/** The files below the folder that hold one of the texts, as `file: text`. */
export function search(folder: string, texts: string[]): string[] {
  const needles = texts.flatMap((text) => [
    { text, bytes: Buffer.from(text) },
    { text, bytes: Buffer.from(text, 'utf16le') },
    { text, bytes: Buffer.from(encodeURIComponent(text)) },
    { text, bytes: Buffer.from(Buffer.from(text).toString('base64').replace(/=*$/, '').slice(0, -1)) },
  ]);
  const found: string[] = [];
  for (const file of files(folder)) {
    let bytes: Buffer;
    try {
      bytes = readFileSync(file);
    } catch {
      continue; // a socket, or gone meanwhile
    }
    const views = [bytes, ...unpacked(bytes)];
    const hit = needles.find((needle) => views.some((view) => view.includes(needle.bytes)));
    if (hit) found.push(`${file.slice(folder.length)}: ${hit.text}`);
  }
  return found;
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return files(path);
    return stat?.isFile() ? [path] : [];
  });
}

/** What is packed inside: gzip wherever it begins, brotli of a cached answer, the blocks of LevelDB. */
function unpacked(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  const limit = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 << 20 };
  for (let at = bytes.indexOf('\x1f\x8b\x08', 0, 'latin1'); at >= 0; at = bytes.indexOf('\x1f\x8b\x08', at + 1, 'latin1')) {
    attempt(() => gunzipSync(bytes.subarray(at), limit), found);
  }
  // An entry of Chromium's cache: a header of 24 bytes that gives the length of the address, the address, the body.
  if (bytes.length > 24 && bytes.readBigUInt64LE(0) === 0xfcfb6d1ba7725c30n) {
    const from = 24 + bytes.readUInt32LE(12);
    attempt(() => brotliDecompressSync(bytes.subarray(from), { maxOutputLength: 8 << 20, finishFlush: constants.BROTLI_OPERATION_FLUSH }), found);
  }
  attempt(() => Buffer.concat(levelBlocks(bytes)), found);
  return found;
}

function attempt(unpack: () => Buffer, found: Buffer[]) {
  try {
    found.push(unpack());
  } catch {
    // It was none.
  }
}

/** All data blocks of a LevelDB table, unpacked. */
function levelBlocks(table: Buffer): Buffer[] {
  if (table.length < 48 || table.readBigUInt64LE(table.length - 8) !== 0xdb4775248b80fb57n) return [];
  const footer = new Reader(table.subarray(-48));
  footer.number(); // the index of the indexes
  footer.number();
  const index = block(table, footer.number(), footer.number());
  const restarts = index.readUInt32LE(index.length - 4);
  const entries = new Reader(index.subarray(0, index.length - 4 - 4 * restarts));
  const blocks: Buffer[] = [];
  while (!entries.done()) {
    entries.number(); // shared with the key before
    const own = entries.number();
    const length = entries.number();
    entries.skip(own);
    const handle = new Reader(entries.take(length));
    blocks.push(block(table, handle.number(), handle.number()));
  }
  return blocks;
}

function block(table: Buffer, from: number, length: number): Buffer {
  const bytes = table.subarray(from, from + length);
  return table[from + length] === 1 ? unsnap(bytes) : bytes;
}

/** Snappy, as its format description has it. */
function unsnap(bytes: Buffer): Buffer {
  const reader = new Reader(bytes);
  const out = Buffer.alloc(reader.number());
  let end = 0;
  while (!reader.done()) {
    const tag = reader.byte();
    if ((tag & 3) === 0) {
      const short = tag >> 2;
      const length = (short < 60 ? short : reader.little(short - 59)) + 1;
      end += reader.take(length).copy(out, end);
      continue;
    }
    const near = (tag & 3) === 1;
    const length = near ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const back = near ? ((tag >> 5) << 8) | reader.byte() : reader.little((tag & 3) === 2 ? 2 : 4);
    for (let copied = 0; copied < length; copied++, end++) out[end] = out[end - back];
  }
  return out;
}

class Reader {
  private at = 0;
  constructor(private bytes: Buffer) {}
  done = () => this.at >= this.bytes.length;
  byte = () => this.bytes[this.at++];
  skip = (count: number) => (this.at += count);

  take(count: number): Buffer {
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  little(count: number): number {
    this.at += count;
    return this.bytes.readUIntLE(this.at - count, count);
  }

  /** Seven bits at a time. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128 || this.done()) return value;
    }
  }
}
