import * as fs from 'node:fs';
import * as path from 'node:path';
import { DurableFiles } from '../../src/db/durable-files.js';

type Inode = string;
type Stored = Buffer | ReadonlyMap<string, Inode>;

/** Everything a power cut would leave on the disk. */
export type DiskState = ReadonlyMap<Inode, Stored>;

/**
 * Knows what had reached the disk, and nothing else: of each file the bytes of its last fsync, of
 * each directory the names of its last fsync. A file's fsync also brings its name along, as on ext4,
 * which PostgreSQL relies on; a rename or a removal waits for the directory's.
 */
export class PowerCutDisk {
  /** While true, syncs reach nothing: what PGlite's own file system does. */
  ignoring = false;
  readonly #onSync: (state: DiskState) => void;
  #state = new Map<Inode, Stored>();

  constructor(onSync: (state: DiskState) => void = () => {}) {
    this.#onSync = onSync;
  }

  get state(): DiskState {
    return new Map(this.#state);
  }

  /** For `openDataFolder`: files whose syncs this disk notices. */
  readonly files = (root: string): DurableFiles => {
    const noticed = new DurableFiles(root);
    const sync = noticed.sync.bind(noticed);
    noticed.sync = (fd) => {
      sync(fd);
      if (!this.ignoring) this.#notice(fd);
    };
    return noticed;
  };

  #notice(fd: number): void {
    const name = fs.readlinkSync(`/proc/self/fd/${fd}`);
    const inode = inodeOf(name);
    if (fs.statSync(name).isDirectory()) {
      const entries = fs.readdirSync(name).map((entry) => {
        return [entry, inodeOf(path.join(name, entry))] as const;
      });
      this.#state.set(inode, new Map(entries));
    } else {
      this.#state.set(inode, fs.readFileSync(name));
      this.#link(path.dirname(name), path.basename(name), inode);
    }
    this.#onSync(this.#state);
  }

  #link(folder: string, name: string, inode: Inode): void {
    const folderInode = inodeOf(folder);
    const entries = this.#state.get(folderInode);
    const names = entries instanceof Map ? entries : new Map<string, Inode>();
    this.#state.set(folderInode, new Map([...names, [name, inode]]));
  }
}

/** Writes what `state` holds of the directory `from` into the new directory `to`. */
export function restore(state: DiskState, from: string, to: string): void {
  const write = (inode: Inode, target: string) => {
    const stored = state.get(inode);
    if (!(stored instanceof Map)) {
      fs.writeFileSync(target, (stored as Buffer | undefined) ?? '');
      return;
    }
    fs.mkdirSync(target);
    for (const [name, child] of stored) write(child, path.join(target, name));
  };
  write(inodeOf(from), to);
}

/** With the time of birth, because the number of a removed file is soon another's. */
function inodeOf(name: string): Inode {
  const { ino, birthtimeNs } = fs.statSync(name, { bigint: true });
  return `${ino}-${birthtimeNs}`;
}
