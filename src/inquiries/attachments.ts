import { createHash } from 'node:crypto';
import type { Tx } from '../db/tx.js';
import { InvalidError, NotFoundError } from '../kernel/errors.js';
import type { Id } from '../kernel/ids.js';
import { recogniseFile } from './file-kind.js';
import { safeFileName } from './file-name.js';

const MEGABYTE = 1024 * 1024;

/** The most bytes that one file may have. */
export const MAX_FILE_BYTES = 15 * MEGABYTE;

/** What all files of one case may have together. */
const MAX_CASE_BYTES = 200 * MEGABYTE;
const MAX_CASE_FILES = 500;

/** A file as somebody sent it. */
export interface GivenFile {
  inquiryId: Id;
  /** As the sender calls it; only the last part of a path is kept, made safe. */
  filename: string;
  /** What the sender says it is; kept, never believed. */
  declaredType?: string | undefined;
  bytes: Buffer;
  /** Login of who added it, or the machine that took it. */
  by: string;
}

/** A file of a case, without its bytes. */
export interface Attachment {
  id: Id;
  filename: string;
  /** What it is by its bytes; null when it was refused. */
  mediaType: string | null;
  /** In bytes. */
  size: number;
  /** SHA-256 in hexadecimal; null when it was refused. */
  hash: string | null;
  refusal: Refusal | null;
  addedAt: Date;
  addedBy: string;
}

/** Why a file was not taken. */
export type Refusal = 'empty' | 'too_large' | 'type_not_allowed' | 'case_full';

interface StoreOptions {
  newId: () => Id;
  now: Date;
}

/**
 * Keeps a file with a case. The bytes are stored once for each municipality; nothing in them is ever
 * run or unpacked.
 * @throws InvalidError 'attachment_refused', with the reason as its detail
 */
export async function storeAttachment(
  tx: Tx,
  tenant: string,
  file: GivenFile,
  options: StoreOptions,
): Promise<Attachment> {
  const stored = await storeOrRefuse(tx, tenant, file, options);
  if (stored.refusal === null) return stored;
  await tx.query('DELETE FROM attachment WHERE tenant_id = $1 AND id = $2', [tenant, stored.id]);
  throw new InvalidError('attachment_refused', REASONS[stored.refusal], {
    details: [{ path: 'file', reason: stored.refusal }],
  });
}

/** Like `storeAttachment`, but what is refused is noted with the case: where nobody can be told. */
export async function storeOrRefuse(
  tx: Tx,
  tenant: string,
  file: GivenFile,
  { newId, now }: StoreOptions,
): Promise<Attachment> {
  const { bytes } = file;
  const kind = await recogniseFile(bytes, file.filename);
  const refusal = await refusalOf(tx, tenant, file, kind !== undefined);
  const attachment: Attachment = {
    id: newId(),
    filename: safeFileName(file.filename, kind?.extensions ?? []),
    mediaType: refusal ? null : (kind?.mediaType ?? null),
    size: bytes.length,
    hash: refusal ? null : createHash('sha256').update(bytes).digest('hex'),
    refusal,
    addedAt: now,
    addedBy: file.by,
  };
  if (attachment.hash !== null) {
    // The update that changes nothing locks the row, so that nobody deletes it meanwhile.
    await tx.query(
      `INSERT INTO attachment_content (tenant_id, hash, size, bytes) VALUES ($1, $2, $3, $4)
       ON CONFLICT (tenant_id, hash) DO UPDATE SET size = excluded.size`,
      [tenant, attachment.hash, bytes.length, bytes],
    );
  }
  await insertAttachment(tx, tenant, file, attachment);
  return attachment;
}

/** Every file of a case, oldest first. */
export async function readAttachments(
  tx: Tx,
  tenant: string,
  inquiryId: Id,
): Promise<Attachment[]> {
  return tx.query<Attachment>(
    `SELECT ${COLUMNS} FROM attachment WHERE tenant_id = $1 AND inquiry_id = $2 ORDER BY id`,
    [tenant, inquiryId],
  );
}

/** One file of a case, with its bytes. @throws NotFoundError 'attachment_not_found' */
export async function getAttachment(
  tx: Tx,
  tenant: string,
  { inquiryId, id }: { inquiryId: Id; id: Id },
): Promise<Attachment & { mediaType: string; bytes: Buffer }> {
  const [found] = await tx.query<Attachment & { mediaType: string; bytes: Buffer }>(
    `SELECT ${COLUMNS}, (SELECT c.bytes FROM attachment_content c
        WHERE c.tenant_id = a.tenant_id AND c.hash = a.hash) AS bytes
     FROM attachment a
     WHERE tenant_id = $1 AND inquiry_id = $2 AND id = $3 AND hash IS NOT NULL`,
    [tenant, inquiryId, id],
  );
  if (found) return found;
  throw new NotFoundError('attachment_not_found', 'The inquiry has no such file.');
}

/** Deletes the files of a case, and the bytes that no other case has. Resolves to how many files. */
export async function removeAttachments(tx: Tx, tenant: string, inquiryId: Id): Promise<number> {
  await tx.query(
    `DELETE FROM message_attachment WHERE tenant_id = $1 AND attachment_id IN
       (SELECT id FROM attachment WHERE tenant_id = $1 AND inquiry_id = $2)`,
    [tenant, inquiryId],
  );
  // Locked first, so that a case that gets the same file meanwhile keeps it.
  await tx.query(
    `SELECT 1 FROM attachment_content WHERE tenant_id = $1 AND hash IN
       (SELECT hash FROM attachment WHERE tenant_id = $1 AND inquiry_id = $2)
     ORDER BY hash FOR UPDATE`,
    [tenant, inquiryId],
  );
  const removed = await tx.query<{ hash: string | null }>(
    'DELETE FROM attachment WHERE tenant_id = $1 AND inquiry_id = $2 RETURNING hash',
    [tenant, inquiryId],
  );
  await tx.query(
    `DELETE FROM attachment_content c WHERE c.tenant_id = $1 AND c.hash = ANY($2::text[])
       AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.tenant_id = $1 AND a.hash = c.hash)`,
    [tenant, removed.map(({ hash }) => hash).filter((hash) => hash !== null)],
  );
  return removed.length;
}

const COLUMNS = `id, filename, media_type AS "mediaType", size, hash, refusal,
  added_at AS "addedAt", added_by AS "addedBy"`;

const REASONS: Readonly<Record<Refusal, string>> = {
  empty: 'The file is empty.',
  too_large: `A file may have at most ${MAX_FILE_BYTES / MEGABYTE} MB.`,
  type_not_allowed: 'Files of this type are not taken: send a picture, a film or a document.',
  case_full: 'The case has as many files as it may have.',
};

async function refusalOf(
  tx: Tx,
  tenant: string,
  { bytes, inquiryId }: GivenFile,
  isKnown: boolean,
): Promise<Refusal | null> {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > MAX_FILE_BYTES) return 'too_large';
  if (!isKnown) return 'type_not_allowed';
  const [held] = await tx.query<{ files: number; size: number }>(
    `SELECT count(*)::int AS files, coalesce(sum(size), 0)::int AS size FROM attachment
     WHERE tenant_id = $1 AND inquiry_id = $2 AND hash IS NOT NULL`,
    [tenant, inquiryId],
  );
  const { files = 0, size = 0 } = held ?? {};
  return files >= MAX_CASE_FILES || size + bytes.length > MAX_CASE_BYTES ? 'case_full' : null;
}

async function insertAttachment(
  tx: Tx,
  tenant: string,
  { inquiryId, declaredType }: GivenFile,
  attachment: Attachment,
): Promise<void> {
  const declared = declaredType?.replace(/[^\w/+.-]/g, '').slice(0, 100) ?? null;
  await tx.query(
    `INSERT INTO attachment (tenant_id, id, inquiry_id, filename, declared_type, media_type, size,
       hash, refusal, added_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tenant,
      attachment.id,
      inquiryId,
      attachment.filename,
      declared,
      attachment.mediaType,
      attachment.size,
      attachment.hash,
      attachment.refusal,
      attachment.addedAt,
      attachment.addedBy,
    ],
  );
}
