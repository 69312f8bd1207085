import { expect } from 'chai';
import fc from 'fast-check';
import { SessionStream } from '../../src/db/session-stream.js';
import * as wire from '../../src/db/wire.js';

const text = (value: string) => Buffer.from(`${value}\0`);

/** StartupMessage: length, protocol 3.0, parameters. */
function startup(): Buffer {
  const body = Buffer.from('user\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length, 0);
  head.writeInt32BE(0x30000, 4);
  return Buffer.concat([head, body]);
}

const parse = (name: string) =>
  wire.message('P', Buffer.concat([text(name), text('SELECT 1'), Buffer.alloc(2)]));
const bind = (name: string) =>
  wire.message('B', Buffer.concat([text(''), text(name), Buffer.alloc(6)]));
const describeStatement = (name: string) => wire.message('D', text(`S${name}`));
const sync = wire.message('S', Buffer.alloc(0));

/** A stream whose work is only noted down. */
function notedStream() {
  const batches: string[] = [];
  const stream = new SessionStream({
    submit: (_stream, batch) => batches.push(batch.toString('latin1')),
    leave: () => {},
  });
  return { stream, batches };
}

const statement = fc.constantFrom('', 'a', 'find_task');
const batch = fc
  .array(statement, { maxLength: 4 })
  .map((names) =>
    Buffer.concat([
      ...names.flatMap((name) => [parse(name), bind(name), describeStatement(name)]),
      sync,
    ]),
  );

describe('session stream', () => {
  it('makes the same batches of the bytes, however they are cut', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 5 }), cuts, (sent, sizes) => {
        const bytes = Buffer.concat([startup(), ...sent]);
        const { stream, batches } = notedStream();
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const size = sizes[i % sizes.length]!;
          stream.write(bytes.subarray(at, at + size));
          at += size;
        }
        const whole = notedStream();
        whole.stream.write(bytes);
        expect(batches.map(unprefixed)).to.deep.equal(whole.batches.map(unprefixed));
        expect(batches).to.have.length(sent.length);
      }),
    );
  });

  it('gives named statements a name of their own, and keeps lengths right', () => {
    const { stream, batches } = notedStream();
    stream.write(Buffer.concat([startup(), parse('find'), bind('find'), parse(''), sync]));
    const [name] = stream.statements;
    expect(name).to.match(/^c\d+_find$/);
    const expected = [parse(name!), bind(name!), parse(''), sync];
    expect(batches).to.deep.equal([Buffer.concat(expected).toString('latin1')]);
  });

  it('greets with what a client needs to begin', async () => {
    const { stream } = notedStream();
    stream.write(startup());
    const greeting = stream.read() as Buffer;
    expect(greeting.toString('latin1')).to.include('client_encoding\0UTF8\0');
    expect(wire.readAnswer(greeting).idle).to.equal(true);
  });
});

function unprefixed(bytes: string): string {
  return bytes.replaceAll(/c\d+_/g, '').replaceAll(/[PBD]\0\0\0./gs, '');
}
