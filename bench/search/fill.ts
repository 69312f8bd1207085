import type { Db } from '../../src/db/database.js';

/** Half of all first names in use are few; the other half are many. */
const FIRST = [
  ...['Anne', 'Inger', 'Kari', 'Marit', 'Ingrid', 'Liv', 'Eva', 'Berit', 'Astrid', 'Bjørg'],
  ...['Jan', 'Per', 'Bjørn', 'Ole', 'Lars', 'Kjell', 'Knut', 'Arne', 'Svein', 'Thomas'],
  ...['Åse', 'Øyvind', 'Håkon', 'Sølvi', 'Torbjørn', 'Mohammed', 'Fatima', 'Nguyen', 'Máret'],
  ...['Emma', 'Nora', 'Sofie', 'Jakob', 'Emil', 'Noah', 'Oskar', 'Ella', 'Maja', 'Olivia'],
];
const LAST = [
  ...['Hansen', 'Johansen', 'Olsen', 'Larsen', 'Andersen', 'Pedersen', 'Nilsen', 'Kristiansen'],
  ...['Jensen', 'Karlsen', 'Johnsen', 'Pettersen', 'Eriksen', 'Berg', 'Haugen', 'Hagen'],
  ...['Sæther', 'Østby', 'Ødegård', 'Bråten', 'Kjær', 'Åsheim', 'Nordmann', 'Solberg', 'Moen'],
  ...['Bakken', 'Strand', 'Lund', 'Myhre', 'Brekke', 'Vik', 'Dahl', 'Lie', 'Tveit', 'Ali'],
];
const STREETS = [
  ...['Storgata', 'Kirkeveien', 'Skoleveien', 'Øvre Strandgate', 'Nedre Åsvei', 'Bjørkelia'],
  ...['Industriveien', 'Fjordgata', 'Solbakken', 'Granveien', 'Torget', 'Møllerveien'],
];

/** So many rows in one statement. */
const BATCH = 50_000;

/** Fills a municipality with people and an inquiry of each, made by the server itself. */
export async function fillMunicipality(db: Db, tenant: string, count: number): Promise<void> {
  for (let from = 1; from <= count; from += BATCH) {
    const to = Math.min(count, from + BATCH - 1);
    for (const sql of [PARTIES, INQUIRIES, CONTENT, LINKS]) {
      await db.query(sql, [
        tenant,
        from,
        to,
        ...(sql === PARTIES ? [FIRST, LAST] : []),
        ...(sql === CONTENT ? [STREETS] : []),
      ]);
    }
  }
}

/** A syllable of its own in every fourth name, so that most names are rare, as they are. */
const PARTIES = `
  INSERT INTO party (tenant_id, id, kind, name, name_key, phone, email, language, created_at)
  SELECT $1, n, 'person', name, lower(name), '+47' || (40000000 + n), 'p' || n || '@example.no',
    'nb', now()
  FROM (SELECT n, concat_ws(' ',
      ($4::text[])[1 + (n * 7919) % array_length($4::text[], 1)],
      CASE WHEN n % 4 = 0 THEN initcap(translate(to_hex((n * 48271) % 65536), '0123456789',
        'lmnoprstuv')) END,
      ($5::text[])[1 + (n * 104729 / 37) % array_length($5::text[], 1)]) AS name
    FROM generate_series($2::bigint, $3::bigint) AS n) AS named`;

const INQUIRIES = `
  INSERT INTO inquiry (tenant_id, id, reference, service_code, unit_code, channel, own_words,
    identified, status, priority, received_at, registered_at, registered_by, expected_by,
    changed_at, answers, closed_at, outcome)
  SELECT $1, n, '25-' || substr(code, 1, 4) || '-' || substr(code, 5, 4), 'DUNK', 'VAR', 'phone',
    false, true, 'closed', 50, at, at, 'agent', at + interval '10 days', at, '{}', at, 'answered'
  FROM (SELECT n, upper(lpad(to_hex((n * 2654435761) % 4294967296), 8, '0')) AS code,
      now() - interval '1 year' + n * interval '20 seconds' AS at
    FROM generate_series($2::bigint, $3::bigint) AS n) AS made`;

const CONTENT = `
  INSERT INTO inquiry_content (tenant_id, inquiry_id, subject, text, address)
  SELECT $1, n, 'Dunk', 'Dunken er knust',
    ($4::text[])[1 + (n * 31) % array_length($4::text[], 1)] || ' ' || (1 + n % 400)
  FROM generate_series($2::bigint, $3::bigint) AS n`;

const LINKS = `
  INSERT INTO inquiry_party (tenant_id, inquiry_id, party_id, linked_at)
  SELECT $1, n, n, now() FROM generate_series($2::bigint, $3::bigint) AS n`;

/** What the front desk types, for the person and inquiry of number \`n\`. */
export interface Question {
  kind: string;
  ask: (known: Known) => string;
}

/** One person and inquiry, as they lie in the database. */
export interface Known {
  name: string;
  phone: string;
  email: string;
  address: string;
  reference: string;
}

export const QUESTIONS: readonly Question[] = [
  { kind: 'name', ask: ({ name }) => name },
  { kind: 'name, a letter wrong', ask: ({ name }) => misspelt(name) },
  { kind: 'last name alone', ask: ({ name }) => name.split(' ').at(-1) ?? name },
  { kind: 'name without Norwegian letters', ask: ({ name }) => plain(name) },
  { kind: 'phone', ask: ({ phone }) => phone.slice(3) },
  { kind: 'e-mail', ask: ({ email }) => email },
  { kind: 'address', ask: ({ address }) => address },
  { kind: 'reference', ask: ({ reference }) => reference },
  { kind: 'part of a reference', ask: ({ reference }) => reference.slice(3, 8) },
];

/** Somebody to ask for, spread over all. */
export async function pickKnown(db: Db, tenant: string, ids: readonly number[]): Promise<Known[]> {
  return db.query<Known>(
    `SELECT p.name, p.phone, p.email, c.address, i.reference FROM party p
     JOIN inquiry i ON i.tenant_id = p.tenant_id AND i.id = p.id
     JOIN inquiry_content c ON c.tenant_id = p.tenant_id AND c.inquiry_id = p.id
     WHERE p.tenant_id = $1 AND p.id = ANY($2)`,
    [tenant, ids],
  );
}

function misspelt(name: string): string {
  const at = Math.floor(name.length / 2);
  return name.slice(0, at) + name.slice(at + 1);
}

function plain(name: string): string {
  return name
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .replaceAll('æ', 'ae')
    .replaceAll('Ø', 'Oe')
    .replaceAll('Å', 'Aa');
}
