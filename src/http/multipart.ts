import busboy from 'busboy';
import type { Request } from 'express';
import { InvalidError } from '../kernel/errors.js';

/** A file of a form, held in memory: small by the limits below. */
export interface Upload {
  readonly field: string;
  readonly name: string;
  /** What the sender says it is. */
  readonly type: string;
  readonly content: Buffer;
}

/** What `multipart/form-data` carried; of a field given twice, the last. */
export interface MultipartForm {
  readonly fields: Readonly<Record<string, string>>;
  /** Every field as it came, in order, also those given twice. */
  readonly entries: readonly (readonly [name: string, value: string])[];
  readonly files: readonly Upload[];
}

const MAX_FILES = 50;
const MAX_FIELDS = 50;
const MEGABYTE = 1024 * 1024;
const FILE_LIMIT = 2 * MEGABYTE;
const FORM_LIMIT = 10 * MEGABYTE;

/**
 * Reads a form with at most 50 files of `fileLimit` bytes each (2 MB unless said otherwise), 10 MB in
 * all or one such file.
 * @throws InvalidError unsupported_media_type, body_too_large or malformed_body
 */
export async function readMultipart(
  request: Request,
  fileLimit = FILE_LIMIT,
): Promise<MultipartForm> {
  if (!request.is('multipart/form-data')) {
    throw new InvalidError('unsupported_media_type', 'The body must be multipart/form-data.');
  }
  const entries: [string, string][] = [];
  const files: Upload[] = [];
  try {
    await parse(request, entries, files, fileLimit);
  } catch (error) {
    request.unpipe();
    // Read to the end, or the client never comes to read the answer.
    request.resume();
    if (error instanceof InvalidError) throw error;
    throw new InvalidError('malformed_body', 'The body is not a complete multipart/form-data.');
  }
  return { fields: Object.fromEntries(entries), entries, files };
}

async function parse(
  request: Request,
  entries: [string, string][],
  files: Upload[],
  fileLimit: number,
): Promise<void> {
  const formLimit = Math.max(FORM_LIMIT, fileLimit + MEGABYTE);
  await new Promise<void>((resolve, reject) => {
    let size = 0;
    const count = (bytes: number) => {
      size += bytes;
      if (size > formLimit) reject(tooLarge(`The form may have at most ${formLimit} bytes.`));
    };
    const limits = { files: MAX_FILES, fields: MAX_FIELDS, fileSize: fileLimit };
    // Browsers send the names of files in UTF-8.
    const parser = busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
    parser.on('field', (name, value) => {
      count(Buffer.byteLength(value));
      entries.push([name, value]);
    });
    parser.on('file', (field, stream, { filename, mimeType }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        count(chunk.length);
        if (size <= formLimit) chunks.push(chunk);
      });
      stream.on('limit', () => reject(tooLarge(`A file may have at most ${fileLimit} bytes.`)));
      stream.on('error', reject);
      stream.on('end', () =>
        files.push({
          field,
          name: filename ?? field,
          type: mimeType,
          content: Buffer.concat(chunks),
        }),
      );
    });
    parser.on('filesLimit', () => reject(tooLarge(`A form takes ${MAX_FILES} files.`)));
    parser.on('fieldsLimit', () => reject(tooLarge(`A form takes ${MAX_FIELDS} fields.`)));
    parser.on('error', reject);
    parser.on('close', resolve);
    request.on('aborted', () => reject(new Error('aborted')));
    request.pipe(parser);
  });
}

function tooLarge(reason: string): InvalidError {
  return new InvalidError('body_too_large', reason);
}
