import fc from 'fast-check';
import { wildId, wildText } from './texts.js';
import { escapeXml } from './xml.js';

/** One change of a text; the numbers choose where. */
type Mutation = (text: string) => string;

const ELEMENT = /<([\w:]+)((?:\s[^<>]*)?)(?:\/>|>[^<]*<\/\1>)/g;
const ATTRIBUTE = /\s[\w:]+="[^"<]*"/g;
const JSON_VALUE = /"(?:[^"\\]|\\.)*"|-?\d+|true|false|null/g;

/** The `pick`th match of a pattern replaced, if there is any. */
function replaceOne(pattern: RegExp, pick: number, change: (found: string) => string): Mutation {
  return (text) => {
    const matches = [...text.matchAll(pattern)];
    const match = matches[pick % Math.max(1, matches.length)];
    if (!match) return text;
    const [found] = match;
    return text.slice(0, match.index) + change(found) + text.slice(match.index + found.length);
  };
}

/** Two matches change places. */
function swap(pattern: RegExp, first: number, second: number): Mutation {
  return (text) => {
    const matches = [...text.matchAll(pattern)];
    const [a, b] = [first, second]
      .map((pick) => matches[pick % Math.max(1, matches.length)])
      .sort((one, other) => (one?.index ?? 0) - (other?.index ?? 0));
    if (!a || !b || a.index + a[0].length > b.index) return text;
    const between = text.slice(a.index + a[0].length, b.index);
    return text.slice(0, a.index) + b[0] + between + a[0] + text.slice(b.index + b[0].length);
  };
}

const place = fc.nat(100_000);

function giveValue(pattern: RegExp, values: fc.Arbitrary<string>): fc.Arbitrary<Mutation> {
  return fc
    .tuple(place, values)
    .map(([at, value]) =>
      replaceOne(pattern, at, (found) => found.replace(/"[^"]*"/, () => `"${escapeXml(value)}"`)),
    );
}

const bytes: fc.Arbitrary<Mutation> = fc
  .tuple(place, fc.constantFrom('<', '>', '"', '&', '/', ' ', '=', '\u0000', 'ø', '😀', '\ud800'))
  .map(([at, byte]) => (text) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + byte + text.slice(index + 1);
  });

const cut: fc.Arbitrary<Mutation> = place.map(
  (at) => (text) => text.slice(0, at % (text.length + 1)),
);

function shuffles(pattern: RegExp): fc.Arbitrary<Mutation> {
  return fc.oneof(
    place.map((at) => replaceOne(pattern, at, () => '')),
    place.map((at) => replaceOne(pattern, at, (found) => found + found)),
    fc.tuple(place, place).map(([a, b]) => swap(pattern, a, b)),
  );
}

/** Another id of the same file in place of one, so that references lead elsewhere. */
const redirect: fc.Arbitrary<Mutation> = fc.tuple(place, place).map(([at, to]) => (text) => {
  const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id ?? '');
  const id = ids[to % Math.max(1, ids.length)] ?? '';
  const references = /\s(?:\w+Ref|default|processId|bpmnElement)="[^"]*"/g;
  return replaceOne(references, at, (found) => found.replace(/"[^"]*"/, () => `"${id}"`))(text);
});

const xmlMutation = fc.oneof(
  { weight: 4, arbitrary: shuffles(ELEMENT) },
  { weight: 4, arbitrary: shuffles(ATTRIBUTE) },
  { weight: 4, arbitrary: redirect },
  { weight: 2, arbitrary: giveValue(ATTRIBUTE, wildText) },
  { weight: 2, arbitrary: giveValue(/\sid="[^"]*"/g, wildId) },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: cut },
);

const jsonMutation = fc.oneof(
  { weight: 3, arbitrary: shuffles(JSON_VALUE) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(place, fc.json({ maxDepth: 2 }))
      .map(([at, value]) => replaceOne(JSON_VALUE, at, () => value)),
  },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: cut },
);

/** A file changed in one to four places. */
export function mutated(
  files: readonly { name: string; content: string }[],
): fc.Arbitrary<{ name: string; content: string }> {
  return fc.constantFrom(...files).chain(({ name, content }) => {
    const mutation = name.endsWith('.form') ? jsonMutation : xmlMutation;
    return fc
      .array(mutation, { minLength: 1, maxLength: 4 })
      .map((all) => ({ name, content: all.reduce((text, change) => change(text), content) }));
  });
}
