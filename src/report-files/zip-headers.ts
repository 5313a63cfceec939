/** A file in a zip: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
export interface ZipEntry {
  /** Its path, with `/`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly packed: number;
  readonly crc: number;
  readonly mtime: Date;
  /** Where its local header is. */
  readonly offset: number;
}

/** Fields of 32 bits say with this that Zip64's of 64 bits count. */
const ELSEWHERE = 0xffffffff;
const ELSEWHERE_16 = 0xffff;

/** What a size may not be above so that what is packed, which may be a little longer, still has 32 bits. */
const LONGEST = 0xff000000;

const VERSION_DEFLATE = 20;
const VERSION_ZIP64 = 45;
/** Names are UTF-8. */
const UTF8_NAMES = 0x0800;
const DEFLATE = 8;
/** Made on Unix, where the upper half of the attributes is the mode: a plain file that its owner may write. */
const UNIX = 3;
const PLAIN_FILE = (0o100644 << 16) >>> 0;

const ZIP64_EXTRA = 0x0001;

/** What stands before a file, of one length whether sizes are known already or not. */
export function localHeaderOf(entry: ZipEntry): Buffer {
  const { name, size, packed, crc, mtime } = entry;
  const isLong = size > LONGEST;
  const fixed = Buffer.alloc(30);
  fixed.writeUInt32LE(0x04034b50, 0);
  fixed.writeUInt16LE(isLong ? VERSION_ZIP64 : VERSION_DEFLATE, 4);
  fixed.writeUInt16LE(UTF8_NAMES, 6);
  fixed.writeUInt16LE(DEFLATE, 8);
  fixed.writeUInt32LE(dosTimeOf(mtime), 10);
  fixed.writeUInt32LE(crc, 14);
  fixed.writeUInt32LE(isLong ? ELSEWHERE : packed, 18);
  fixed.writeUInt32LE(isLong ? ELSEWHERE : size, 22);
  const text = Buffer.from(name, 'utf8');
  const extra = isLong ? zip64Of([size, packed]) : Buffer.alloc(0);
  fixed.writeUInt16LE(text.length, 26);
  fixed.writeUInt16LE(extra.length, 28);
  return Buffer.concat([fixed, text, extra]);
}

/** The line of a file in the directory at the end. */
export function centralHeaderOf(entry: ZipEntry): Buffer {
  const { name, size, packed, crc, mtime, offset } = entry;
  const isLong = size > LONGEST;
  const isFar = offset >= ELSEWHERE;
  const fixed = Buffer.alloc(46);
  fixed.writeUInt32LE(0x02014b50, 0);
  fixed.writeUInt16LE((UNIX << 8) | VERSION_ZIP64, 4);
  fixed.writeUInt16LE(isLong || isFar ? VERSION_ZIP64 : VERSION_DEFLATE, 6);
  fixed.writeUInt16LE(UTF8_NAMES, 8);
  fixed.writeUInt16LE(DEFLATE, 10);
  fixed.writeUInt32LE(dosTimeOf(mtime), 12);
  fixed.writeUInt32LE(crc, 16);
  fixed.writeUInt32LE(isLong ? ELSEWHERE : packed, 20);
  fixed.writeUInt32LE(isLong ? ELSEWHERE : size, 24);
  const text = Buffer.from(name, 'utf8');
  const far = [...(isLong ? [size, packed] : []), ...(isFar ? [offset] : [])];
  const extra = far.length === 0 ? Buffer.alloc(0) : zip64Of(far);
  fixed.writeUInt16LE(text.length, 28);
  fixed.writeUInt16LE(extra.length, 30);
  fixed.writeUInt32LE(PLAIN_FILE, 38);
  fixed.writeUInt32LE(isFar ? ELSEWHERE : offset, 42);
  return Buffer.concat([fixed, text, extra]);
}

/** What ends a zip; its directory has so many files and bytes, and begins there. */
export function endOf(files: number, directoryAt: number, directoryBytes: number): Buffer {
  const isLong = files >= ELSEWHERE_16 || directoryAt >= ELSEWHERE || directoryBytes >= ELSEWHERE;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isLong ? ELSEWHERE_16 : files, 8);
  end.writeUInt16LE(isLong ? ELSEWHERE_16 : files, 10);
  end.writeUInt32LE(isLong ? ELSEWHERE : directoryBytes, 12);
  end.writeUInt32LE(isLong ? ELSEWHERE : directoryAt, 16);
  return isLong ? Buffer.concat([zip64EndOf(files, directoryAt, directoryBytes), end]) : end;
}

function zip64EndOf(files: number, directoryAt: number, directoryBytes: number): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE((UNIX << 8) | VERSION_ZIP64, 12);
  record.writeUInt16LE(VERSION_ZIP64, 14);
  record.writeBigUInt64LE(BigInt(files), 24);
  record.writeBigUInt64LE(BigInt(files), 32);
  record.writeBigUInt64LE(BigInt(directoryBytes), 40);
  record.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryAt + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

function zip64Of(fields: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * fields.length);
  extra.writeUInt16LE(ZIP64_EXTRA, 0);
  extra.writeUInt16LE(8 * fields.length, 2);
  for (const [i, field] of fields.entries()) extra.writeBigUInt64LE(BigInt(field), 4 + 8 * i);
  return extra;
}

/** Date and time of MS-DOS, in UTC, to two seconds; before 1980 there is none. */
function dosTimeOf(time: Date): number {
  const year = Math.max(0, time.getUTCFullYear() - 1980);
  const date = (year << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1);
  return ((date << 16) | clock) >>> 0;
}
