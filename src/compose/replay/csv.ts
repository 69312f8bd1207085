/** One record of a CSV file and the line it begins on (the first line is 1). */
export interface CsvRecord {
  line: number;
  fields: string[];
}

/** A quote that is never closed would swallow the rest of the file; no real field is this long. */
const MAX_FIELD = 100_000;

/**
 * Splits CSV text (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes; LF or CRLF)
 * that arrives in chunks cut anywhere. Empty lines are passed over.
 * @throws SyntaxError with the line number for a quote out of place
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reader = new CsvReader();
  for await (const chunk of chunks) yield* reader.push(chunk);
  yield* reader.end();
}

class CsvReader {
  #line = 1;
  #begun = 1;
  #fields: string[] = [];
  #field = '';
  #state: 'plain' | 'quoted' | 'closed' = 'plain';
  #first = true;

  *push(text: string): Generator<CsvRecord> {
    const start = this.#first && text.startsWith('\uFEFF') ? 1 : 0;
    if (text.length) this.#first = false;
    for (let at = start; at < text.length; at++) {
      const character = text.charAt(at);
      if (this.#state === 'quoted') this.#quoted(character);
      else if (character === '\n') yield* this.#endRecord();
      else this.#unquoted(character);
    }
  }

  *end(): Generator<CsvRecord> {
    if (this.#state === 'quoted') throw this.#error('a quoted field is never closed');
    yield* this.#endRecord();
  }

  #quoted(character: string): void {
    if (character === '"') this.#state = 'closed';
    else this.#append(character);
    if (character === '\n') this.#line += 1;
  }

  #unquoted(character: string): void {
    if (character === '"') {
      if (this.#state === 'plain' && this.#field) throw this.#error('a quote inside a field');
      if (this.#state === 'closed') this.#append('"');
      this.#state = 'quoted';
    } else if (character === ',') {
      this.#endField();
    } else if (character !== '\r') {
      if (this.#state === 'closed') throw this.#error('text after a closing quote');
      this.#append(character);
    }
  }

  #append(character: string): void {
    this.#field += character;
    if (this.#field.length > MAX_FIELD) throw this.#error('a field that does not end');
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#state = 'plain';
  }

  *#endRecord(): Generator<CsvRecord> {
    const empty = !this.#fields.length && !this.#field && this.#state === 'plain';
    if (!empty) {
      this.#endField();
      yield { line: this.#begun, fields: this.#fields };
    }
    this.#fields = [];
    this.#line += 1;
    this.#begun = this.#line;
  }

  #error(what: string): SyntaxError {
    return new SyntaxError(`line ${this.#line}: ${what}`);
  }
}
