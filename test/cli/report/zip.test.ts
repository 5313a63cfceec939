import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { writeZip } from '../../../src/report-files/write-zip';
import { centralHeaderOf, endOf, localHeaderOf } from '../../../src/report-files/zip-headers';

const directory = mkdtempSync(join(tmpdir(), 'portcullis-zip-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const ENTRY = { name: 'a', size: 5, packed: 7, crc: 1, mtime: new Date('2026-11-29T12:00:00Z'), offset: 0 };

/** What a zip holds, read from its directory as APPNOTE.TXT says. */
function read(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50);
    const [crc, packed, size] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const nameBytes = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = zip.readUInt32LE(at + 42);
    expect(zip.subarray(local + 14, local + 26)).toEqual(zip.subarray(at + 16, at + 28));
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = inflateRawSync(zip.subarray(from, from + packed));
    expect({ size: content.length, crc: crc32(content) }).toEqual({ size, crc });
    files.set(name, content);
    at += 46 + nameBytes + zip.readUInt16LE(at + 30);
  }
  expect(at).toBe(end);
  return files;
}

test('a zip holds every file as it is: empty, in a folder, with any name, longer than the blocks that are packed', async () => {
  mkdirSync(join(directory, 'accounts'));
  const contents = new Map([
    ['empty.csv', Buffer.alloc(0)],
    ['accounts/größe.csv', Buffer.from('a,b\r\n')],
    ['long.json', Buffer.from(Array.from({ length: 150_000 }, (_, i) => `{"n":${String(i * 7919)}}\n`).join(''))],
  ]);
  for (const [name, content] of contents) writeFileSync(join(directory, name), content);
  await writeZip(join(directory, 'report.zip'), directory, [...contents.keys()]);
  expect(read(readFileSync(join(directory, 'report.zip')))).toEqual(contents);
});

test('a zip that a missing file breaks off is not there', async () => {
  await expect(writeZip(join(directory, 'other.zip'), directory, ['long.json', 'not-there'])).rejects.toThrow('ENOENT');
  expect(readdirSync(directory).filter((name) => name.startsWith('other'))).toEqual([]);
});

test.each([
  ['a size', { ...ENTRY, size: 2 ** 32 }],
  ['an offset', { ...ENTRY, offset: 2 ** 32 }],
])('what %s of more than 32 bits says is in the field of Zip64', (_what, entry) => {
  const line = centralHeaderOf(entry);
  const extra = line.subarray(46 + 1);
  expect(extra.readUInt16LE(0)).toBe(1);
  expect(extra.readUInt16LE(2)).toBe(extra.length - 4);
  expect(Number(extra.readBigUInt64LE(4))).toBe(2 ** 32);
});

test('a header that stands before a file is as long before the file is packed as after', () => {
  for (const size of [5, 2 ** 32]) {
    const begun = localHeaderOf({ ...ENTRY, size, packed: 0, crc: 0 });
    expect(localHeaderOf({ ...ENTRY, size, packed: size + 7, crc: 9 })).toHaveLength(begun.length);
  }
});

test.each([
  ['files', 70_000, 100, 100],
  ['bytes before the directory', 1, 2 ** 32, 100],
])('an end with many %s has them in the record of Zip64 as well', (_what, files, at, bytes) => {
  const end = endOf(files, at, bytes);
  expect(end.readUInt32LE(0)).toBe(0x06064b50);
  expect([Number(end.readBigUInt64LE(32)), Number(end.readBigUInt64LE(48))]).toEqual([files, at]);
  expect(Number(end.readBigUInt64LE(56 + 8))).toBe(at + bytes);
  expect(endOf(1, 1, 1)).toHaveLength(22);
});
