import busboy from 'busboy';
import type { Request } from 'express';
import { InvalidError } from '../kernel/errors.js';

/** A file of a form, held in memory: small by the limits below. */
export interface Upload {
  readonly field: string;
  readonly name: string;
  readonly content: Buffer;
}

/** What `multipart/form-data` carried; of a field given twice, the last. */
export interface MultipartForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly Upload[];
}

const MAX_FILES = 50;
const MAX_FIELDS = 50;
const MEGABYTE = 1024 * 1024;
const FILE_LIMIT = 2 * MEGABYTE;
const FORM_LIMIT = 10 * MEGABYTE;

/**
 * Reads a form with at most 50 files of 2 MB each, 10 MB in all.
 * @throws InvalidError unsupported_media_type, body_too_large or malformed_body
 */
export async function readMultipart(request: Request): Promise<MultipartForm> {
  if (!request.is('multipart/form-data')) {
    throw new InvalidError('unsupported_media_type', 'The body must be multipart/form-data.');
  }
  const fields = new Map<string, string>();
  const files: Upload[] = [];
  try {
    await parse(request, fields, files);
  } catch (error) {
    request.unpipe();
    // Read to the end, or the client never comes to read the answer.
    request.resume();
    if (error instanceof InvalidError) throw error;
    throw new InvalidError('malformed_body', 'The body is not a complete multipart/form-data.');
  }
  return { fields: Object.fromEntries(fields), files };
}

async function parse(
  request: Request,
  fields: Map<string, string>,
  files: Upload[],
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let size = 0;
    const count = (bytes: number) => {
      size += bytes;
      if (size > FORM_LIMIT) reject(tooLarge(`The form may have at most ${FORM_LIMIT} bytes.`));
    };
    const limits = { files: MAX_FILES, fields: MAX_FIELDS, fileSize: FILE_LIMIT };
    const parser = busboy({ headers: request.headers, limits });
    parser.on('field', (name, value) => {
      count(Buffer.byteLength(value));
      fields.set(name, value);
    });
    parser.on('file', (field, stream, { filename }) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        count(chunk.length);
        if (size <= FORM_LIMIT) chunks.push(chunk);
      });
      stream.on('limit', () => reject(tooLarge(`A file may have at most ${FILE_LIMIT} bytes.`)));
      stream.on('error', reject);
      stream.on('end', () =>
        files.push({ field, name: filename ?? field, content: Buffer.concat(chunks) }),
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
