import { expect } from 'chai';
import fc from 'fast-check';
import { readCsv } from '../../../src/compose/replay/csv.js';
import type { CsvRecord } from '../../../src/compose/replay/csv.js';

async function read(...chunks: string[]): Promise<CsvRecord[]> {
  async function* source() {
    yield* chunks;
  }
  const records: CsvRecord[] = [];
  for await (const record of readCsv(source())) records.push(record);
  return records;
}

async function failure(text: string): Promise<string> {
  return read(text).then(
    () => 'no error',
    (error: unknown) => String(error),
  );
}

describe('CSV', () => {
  it('reads quoted fields with commas, quotes and line breaks, and knows their lines', async () => {
    const records = await read('a,b\r\n"x, ""y""","1\n2"\n\nlast,\n');
    expect(records).to.deep.equal([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['x, "y"', '1\n2'] },
      { line: 5, fields: ['last', ''] },
    ]);
  });

  it('needs no line break at the end and passes over a byte order mark', async () => {
    expect(await read('\uFEFFa,b\n1,2')).to.deep.equal([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['1', '2'] },
    ]);
  });

  it('says on which line a quote is out of place', async () => {
    expect(await failure('a\nb"c\n')).to.equal('SyntaxError: line 2: a quote inside a field');
    expect(await failure('a\n"b"c\n')).to.equal('SyntaxError: line 2: text after a closing quote');
    expect(await failure('a\n"b\n')).to.equal(
      'SyntaxError: line 3: a quoted field is never closed',
    );
  });

  it('reads what was written, wherever the chunks are cut', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'æ', ',', '"', '\n', ' ') });
    const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 3 }), { minLength: 1 });
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(), async (wanted, cut) => {
        const text = wanted.map((row) => row.map(quote).join(',')).join('\n');
        const at = cut % (text.length + 1);
        const records = await read(text.slice(0, at), text.slice(at));
        expect(records.map(({ fields }) => fields)).to.deep.equal(wanted);
      }),
    );
  });
});
