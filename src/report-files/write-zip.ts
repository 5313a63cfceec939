import { closeSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { centralHeaderOf, endOf, localHeaderOf, type ZipEntry } from './zip-headers';

/** Findings repeat themselves: the fastest level takes a tenth of their size, and higher ones little more. */
const LEVEL = 1;

/** Each is packed by itself, which costs next to nothing in size, so that all processors take part. */
const BLOCK_BYTES = 4 * 1024 * 1024;

/** Blocks that are packed at one time, as many as Node has threads for it. */
const AT_ONCE = 4;

/** Ends with whole bytes and without being the last: blocks that are packed so stand one behind the other. */
const OPTIONS = { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 64 * 1024 };

/** A last block with nothing in it: https://www.rfc-editor.org/rfc/rfc1951#section-3.2.6 */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

const pack = promisify<Buffer, object, Buffer>(deflateRaw);

/**
 * Packs files that are there whole, by .ZIP File Format Specification 6.3.10, with Zip64 where a size, an offset or the
 * number of files asks for it: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. The zip is there whole or
 * not at all.
 *
 * @param files their names below the directory, which are their names in the zip
 * @throws what the file system says
 */
export async function writeZip(zip: string, directory: string, files: readonly string[]): Promise<void> {
  const part = `${zip}.part`;
  try {
    const output = openSync(part, 'w');
    try {
      await writeEntries(output, directory, files);
    } finally {
      closeSync(output);
    }
    renameSync(part, zip);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

async function writeEntries(output: number, directory: string, files: readonly string[]): Promise<void> {
  const entries: ZipEntry[] = [];
  // Used again and again: memory outside of V8's heap that comes and goes has its garbage collector run.
  const blocks = Array.from({ length: AT_ONCE + 1 }, () => Buffer.allocUnsafe(BLOCK_BYTES));
  let offset = 0;
  const put = (bytes: Buffer, at = offset): void => {
    for (let done = 0; done < bytes.length;) done += writeSync(output, bytes, done, bytes.length - done, at + done);
    offset = Math.max(offset, at + bytes.length);
  };
  for (const name of files) {
    const { size, mtime } = statSync(join(directory, name));
    const begun: ZipEntry = { name, size, mtime, offset, packed: 0, crc: 0 };
    put(localHeaderOf(begun));
    const from = offset;
    const crc = await packFile(join(directory, name), blocks, put);
    const entry = { ...begun, crc, packed: offset - from };
    // What is known only now goes into the header that stands before it.
    put(localHeaderOf(entry), entry.offset);
    entries.push(entry);
  }
  const directoryAt = offset;
  for (const entry of entries) put(centralHeaderOf(entry));
  put(endOf(entries.length, directoryAt, offset - directoryAt));
}

/**
 * Answers the CRC-32 of what was read.
 *
 * @param blocks to read into, more than are packed at one time
 */
async function packFile(file: string, blocks: readonly Buffer[], put: (bytes: Buffer) => void): Promise<number> {
  const input = openSync(file, 'r');
  const packing: Promise<Buffer>[] = [];
  let turn = 0;
  const putFirst = async (): Promise<void> => {
    const first = packing.shift();
    if (first !== undefined) put(await first);
  };
  let crc = 0;
  try {
    for (;;) {
      const block = blocks[turn++ % blocks.length] ?? Buffer.allocUnsafe(BLOCK_BYTES);
      const read = readSync(input, block);
      if (read === 0) break;
      const bytes = block.subarray(0, read);
      crc = crc32(bytes, crc);
      packing.push(pack(bytes, OPTIONS));
      if (packing.length >= AT_ONCE) await putFirst();
    }
    while (packing.length > 0) await putFirst();
    put(LAST_BLOCK);
    return crc;
  } finally {
    closeSync(input);
    await Promise.allSettled(packing);
  }
}
