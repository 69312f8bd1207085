import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONFIG_VARIABLES } from '../../src/kernel/config.js';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';

describe('the configuration in README.md', () => {
  it('is what the program reads', async () => {
    const readme = await readFile(join(PROJECT_ROOT, 'README.md'), 'utf8');
    const rows = readme
      .split('\n')
      .filter((line) => line.startsWith('| `') && /^\| `[A-Z_]+`/.test(line));
    const cells = rows.map((row) =>
      row
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim()),
    );
    const expected = CONFIG_VARIABLES.map(({ name, fallback, meaning }) => [
      `\`${name}\``,
      `\`${fallback}\``,
      meaning,
    ]);
    expect(cells).to.deep.equal(expected);
  });
});
