/** PKWARE APPNOTE 4.3.12 and 4.3.16: a record of the central directory, and the directory's end. */
const RECORD = 0x02014b50;
const END = 0x06054b50;
const RECORD_SIZE = 46;
const END_SIZE = 22;
const MAX_COMMENT = 65_535;

/** No document is made of more parts. */
const MAX_ENTRIES = 10_000;

/**
 * The names of a zip file's entries, by its directory alone; nothing is unpacked. Undefined when it
 * is damaged, or of more entries than any document has.
 */
export function readZipNames(bytes: Buffer): string[] | undefined {
  const end = findEnd(bytes);
  if (end === undefined) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > MAX_ENTRIES) return undefined;
  const names: string[] = [];
  for (let entry = 0; entry < count; entry += 1) {
    if (at + RECORD_SIZE > bytes.length || bytes.readUInt32LE(at) !== RECORD) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const start = at + RECORD_SIZE;
    names.push(bytes.subarray(start, start + (name ?? 0)).toString('utf8'));
    at = start + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return names;
}

function findEnd(bytes: Buffer): number | undefined {
  const first = Math.max(0, bytes.length - END_SIZE - MAX_COMMENT);
  for (let at = bytes.length - END_SIZE; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  return undefined;
}
