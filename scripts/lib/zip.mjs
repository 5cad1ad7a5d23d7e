import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LONGEST_END_RECORD = 22 + 0xffff;

/**
 * Unpacks the files of a ZIP archive (APPNOTE.TXT 6.3; no ZIP64, no encryption) that `rename` gives a relative path, and keeps their
 * permissions. Throws an Error when the archive is damaged or a path would leave the folder.
 *
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | null} rename from the name in the archive; null leaves the file out
 */
export function unzip(archive, folder, rename) {
  const fd = openSync(archive, 'r');
  try {
    for (const entry of readDirectory(fd)) {
      const name = entry.name.endsWith('/') ? null : rename(entry.name);
      if (name !== null) extract(fd, entry, inside(folder, name));
    }
  } finally {
    closeSync(fd);
  }
}

function readAt(fd, position, length) {
  const bytes = Buffer.alloc(length);
  if (readSync(fd, bytes, 0, length, position) !== length) throw new Error('the archive is cut off');
  return bytes;
}

function* readDirectory(fd) {
  const { size } = fstatSync(fd);
  const tailLength = Math.min(size, LONGEST_END_RECORD);
  const tail = readAt(fd, size - tailLength, tailLength);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('not a ZIP archive');
  const directory = readAt(fd, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  for (let at = 0; at < directory.length; ) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the directory of the archive is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    yield {
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      deflated: directory.readUInt16LE(at + 10) === 8,
      checksum: directory.readUInt32LE(at + 16),
      compressedSize: directory.readUInt32LE(at + 20),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      position: directory.readUInt32LE(at + 42),
    };
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
}

function extract(fd, entry, path) {
  const header = readAt(fd, entry.position, 30);
  const start = entry.position + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(fd, start, entry.compressedSize);
  const bytes = entry.deflated ? inflateRawSync(packed) : packed;
  if (crc32(bytes) !== entry.checksum) throw new Error(`${entry.name} is damaged in the archive`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  if (entry.mode !== 0) chmodSync(path, entry.mode);
}

function inside(folder, name) {
  const path = normalize(join(folder, name));
  if (!path.startsWith(folder + sep)) throw new Error(`${name} would be written outside the folder`);
  return path;
}
