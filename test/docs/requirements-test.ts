import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

const FILE = 'docs/requirements.md';

/** F001–F140 of the source document. */
const NUMBERS = Array.from({ length: 140 }, (_, at) => `F${String(at + 1).padStart(3, '0')}`);

describe('docs/requirements.md', () => {
  const text = readFileSync(FILE, 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => /^\| F\d{3} /.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('has each requirement once, in order', () => {
    expect(rows.map(([, number]) => number)).to.deep.equal(NUMBERS);
  });

  it('names files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(dirname(FILE), link)))).to.deep.equal([]);
  });

  it('says of each what shows it, or what is not there yet', () => {
    const silent = rows.filter(([, , , , shown = '', missing = '']) => {
      return !shown.includes('](') && missing === '';
    });
    expect(silent.map(([, number]) => number)).to.deep.equal([]);
  });

  it('counts right', () => {
    const [, there, part, none] =
      /^(\d+) are there, (\d+) in part, (\d+) not yet/m.exec(text) ?? [];
    const nowhere = rows.filter(([, , , where]) => where === '–').length;
    const inPart = rows.filter(
      ([, , , where, , missing]) => where !== '–' && missing !== '',
    ).length;
    expect([there, part, none].map(Number)).to.deep.equal([
      140 - nowhere - inPart,
      inPart,
      nowhere,
    ]);
  });
});
