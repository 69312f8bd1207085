import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type InitOptions = Parameters<NodeFS['init']>[1];

/** The parts of Emscripten's NODEFS that are used; they are internals, hence `assertSynced`. */
interface NodeFsInternals {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
}

/** WASI errno EIO. PostgreSQL stops at a failed fsync, because the kernel may drop the pages. */
const INPUT_OUTPUT_ERROR = 29;

/** What Windows and some file systems answer to an fsync of a directory. */
const CANNOT_SYNC = new Set(['EPERM', 'EINVAL', 'EISDIR', 'EBADF']);

/**
 * Keeps the data files in a folder and really syncs them. PGlite's own NodeFS has no fsync at all,
 * so that a power cut takes acknowledged commits away, and later the whole database
 * (electric-sql/pglite issue 1107).
 */
export class DurableFiles extends NodeFS {
  /** The number of syncs so far. */
  syncs = 0;

  override async init(pg: PGlite, options: InitOptions): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options);
    const useFsync: NonNullable<InitOptions['preRun']>[number] = (module) => {
      const { stream_ops } = module.NODEFS as unknown as NodeFsInternals;
      stream_ops.fsync = (stream) => this.#fsync(stream.nfd);
    };
    const preRun = [...(emscriptenOpts.preRun ?? []), useFsync];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  /** Brings one open file or directory to the disk. */
  sync(fd: number): void {
    this.syncs += 1;
    try {
      fs.fsyncSync(fd);
    } catch (error) {
      if (!isCannotSync(error)) throw error;
    }
  }

  /** Brings everything under `root` to the disk, the names as well as the contents. */
  syncAll(root: string): void {
    for (const entry of fs.readdirSync(root, { withFileTypes: true })) {
      const child = path.join(root, entry.name);
      if (entry.isDirectory()) this.syncAll(child);
      else this.syncPath(child);
    }
    this.syncPath(root);
  }

  /** Brings one file or directory to the disk. */
  syncPath(name: string): void {
    let fd: number;
    try {
      fd = fs.openSync(name, 'r');
    } catch (error) {
      if (isCannotSync(error)) return;
      throw error;
    }
    try {
      this.sync(fd);
    } finally {
      fs.closeSync(fd);
    }
  }

  #fsync(fd: number): number {
    try {
      this.sync(fd);
      return 0;
    } catch {
      return INPUT_OUTPUT_ERROR;
    }
  }
}

function isCannotSync(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CANNOT_SYNC.has(String(error.code));
}
