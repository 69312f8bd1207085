import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDERS = ['processes', 'test/conformance'];

/** Files of this repository that are in order, or refused for one reason: what mutations start from. */
export function seedFiles(extension: string): { name: string; content: string }[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(extension))
      .sort()
      .map((file) => {
        const name = file.replaceAll('/', '-');
        return { name, content: readFileSync(`${ROOT}${folder}/${file}`, 'utf8') };
      }),
  );
}
