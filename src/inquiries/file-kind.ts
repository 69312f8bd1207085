import { fileTypeFromBuffer } from 'file-type';
import { readZipNames } from './zip-names.js';

/** What a file is, by its bytes. */
export interface FileKind {
  /** IANA's name. */
  mediaType: string;
  /** Extensions of such files, the usual one first; without a dot. */
  extensions: readonly string[];
}

const kind = (mediaType: string, ...extensions: string[]): FileKind => ({ mediaType, extensions });

/** What citizens send: pictures, films, sound and documents. Programs and archives are not of it. */
const WELCOME: readonly FileKind[] = [
  kind('image/jpeg', 'jpg', 'jpeg'),
  kind('image/png', 'png'),
  kind('image/gif', 'gif'),
  kind('image/webp', 'webp'),
  kind('image/heic', 'heic', 'heif'),
  kind('image/avif', 'avif'),
  kind('image/tiff', 'tif', 'tiff'),
  kind('image/bmp', 'bmp'),
  kind('application/pdf', 'pdf'),
  kind('application/rtf', 'rtf'),
  kind('application/xml', 'xml', 'gml', 'kml', 'gpx'),
  kind('text/calendar', 'ics'),
  kind('text/vcard', 'vcf'),
  kind('video/mp4', 'mp4', 'm4v'),
  kind('video/quicktime', 'mov'),
  kind('video/webm', 'webm'),
  kind('video/3gpp', '3gp'),
  kind('audio/mpeg', 'mp3'),
  kind('audio/x-m4a', 'm4a'),
  kind('audio/wav', 'wav'),
  kind('audio/ogg', 'ogg', 'oga'),
  kind('audio/amr', 'amr'),
];

const TEXT = kind('text/plain', 'txt', 'csv', 'log', 'md', 'json', 'eml');

const OLD_OFFICE: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
};

const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';

/** Which entry shows what an Office file is; ODF says so in its first entry. */
const ZIPPED: readonly (FileKind & { entry: string })[] = [
  { ...kind(`${OOXML}.wordprocessingml.document`, 'docx'), entry: 'word/document.xml' },
  { ...kind(`${OOXML}.spreadsheetml.sheet`, 'xlsx'), entry: 'xl/workbook.xml' },
  { ...kind(`${OOXML}.presentationml.presentation`, 'pptx'), entry: 'ppt/presentation.xml' },
];
const OPEN_DOCUMENTS: readonly FileKind[] = [
  kind(`${ODF}.text`, 'odt'),
  kind(`${ODF}.spreadsheet`, 'ods'),
  kind(`${ODF}.presentation`, 'odp'),
  kind(`${ODF}.graphics`, 'odg'),
];

/**
 * What a file is by its bytes, whatever it calls itself; undefined for what is not taken: programs,
 * archives, documents with macros, and what nobody recognises. Nothing is ever unpacked.
 */
export async function recogniseFile(bytes: Buffer, name: string): Promise<FileKind | undefined> {
  if (bytes.subarray(0, 4).equals(ZIP)) return zipped(bytes);
  // The library would look into compressed data, which may be a bomb.
  if (COMPRESSED.some((magic) => bytes.subarray(0, magic.length).equals(magic))) return undefined;
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!found) return isText(bytes) ? TEXT : undefined;
  if (found.mime === 'application/x-cfb') return oldOffice(name);
  return WELCOME.find(({ mediaType }) => mediaType === found.mime);
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const COMPRESSED = ['\x1F\x8B', 'BZh', '\xFD7zXZ', '7z\xBC\xAF', 'Rar!', '\x28\xB5\x2F\xFD'].map(
  (magic) => Buffer.from(magic, 'latin1'),
);

function zipped(bytes: Buffer): FileKind | undefined {
  const names = readZipNames(bytes);
  if (!names || names.some((name) => /vbaProject|macros?\//i.test(name))) return undefined;
  const office = ZIPPED.find(({ entry }) => names.includes(entry));
  if (office) return { mediaType: office.mediaType, extensions: office.extensions };
  if (names[0] !== 'mimetype' || names.some((name) => /^(?:Basic|Scripts)\//.test(name))) {
    return undefined;
  }
  // OpenDocument 1.3 part 2 §3.3: the first entry, stored as it is, at byte 38.
  const said = bytes.subarray(38, 38 + 80).toString('latin1');
  return OPEN_DOCUMENTS.find(({ mediaType }) => said.startsWith(`${mediaType}PK`));
}

function oldOffice(name: string): FileKind | undefined {
  const extension = /\.(\w+)\s*$/.exec(name.toLowerCase())?.[1] ?? '';
  const mediaType = OLD_OFFICE[extension];
  return mediaType === undefined ? undefined : kind(mediaType, extension);
}

/** Text has no control characters but line ends, tabs and form feeds. */
function isText(bytes: Buffer): boolean {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (isUtf16) return !/[^\P{Cc}\t\n\f\r]/u.test(bytes.toString('utf16le'));
  return !bytes.some(
    (byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d,
  );
}
