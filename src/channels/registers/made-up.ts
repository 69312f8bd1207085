import type { JsonObject } from '../../kernel/json.js';
import type { Question } from './register.js';

/** Which of the registers. */
export const REGISTERS = [
  'addresses',
  'organisations',
  'properties',
  'contactPreferences',
] as const;
export type RegisterName = (typeof REGISTERS)[number];

const address = (number: number, lat: number, lon: number): JsonObject => ({
  adressenavn: 'Storgata',
  adressetekst: `Storgata ${number}`,
  nummer: number,
  bokstav: '',
  kommunenummer: '9901',
  kommunenavn: 'FJORDVIK',
  gardsnummer: 12,
  bruksnummer: 30 + number,
  festenummer: 0,
  postnummer: '0001',
  poststed: 'FJORDVIK',
  representasjonspunkt: { epsg: 'EPSG:4258', lat, lon },
});
const ADDRESSES = [1, 2, 3, 4].map((number) => address(number, 59.21 + number / 1000, 10.93));

const ORGANISATIONS: JsonObject[] = [
  {
    organisasjonsnummer: '123456785',
    navn: 'FJORDVIK HÅNDBALLKLUBB',
    organisasjonsform: { kode: 'FLI', beskrivelse: 'Forening/lag/innretning' },
    konkurs: false,
    forretningsadresse: { poststed: 'FJORDVIK' },
  },
  {
    organisasjonsnummer: '987654325',
    navn: 'FJORDVIK BYGG AS',
    organisasjonsform: { kode: 'AS', beskrivelse: 'Aksjeselskap' },
    konkurs: true,
    forretningsadresse: { poststed: 'FJORDVIK' },
  },
];

const PROPERTIES: JsonObject[] = [31, 32, 33, 34].map((title, at) => ({
  kommunenummer: '9901',
  gardsnummer: 12,
  bruksnummer: title,
  adresse: `Storgata ${at + 1}`,
  dunker: [
    { avfallstype: 'restavfall', liter: 140, antall: 1 },
    { avfallstype: 'matavfall', liter: 40, antall: 1 },
  ],
  tommedag: 2,
  arsgebyr: 4200,
}));

/**
 * What a register of made-up data answers, in the register's own words: demo mode has no other, and
 * the server that stands in for them in tests sends the same over the wire. Nobody and nothing in it exists.
 */
export function madeUpAnswer(register: RegisterName, question: Question): JsonObject {
  const { parameters = {}, body } = question;
  switch (register) {
    case 'addresses':
      return { metadata: { viserFra: 0 }, adresser: ADDRESSES.filter(addressMatch(parameters)) };
    case 'organisations': {
      const found = ORGANISATIONS.filter(
        ({ organisasjonsnummer, navn }) =>
          organisasjonsnummer === parameters['organisasjonsnummer'] ||
          includes(navn, parameters['navn']),
      );
      return { ...(found.length > 0 && { _embedded: { enheter: found } }), page: { number: 0 } };
    }
    case 'properties':
      return {
        eiendommer: PROPERTIES.filter(
          ({ gardsnummer, bruksnummer }) =>
            gardsnummer === Number(parameters['gardsnummer']) &&
            bruksnummer === Number(parameters['bruksnummer']),
        ),
      };
    case 'contactPreferences':
      return { personer: askedFor(body).map(person) };
  }
}

function addressMatch(parameters: Readonly<Record<string, string>>) {
  const { sok, lat, lon } = parameters;
  // Every made-up address lies within a kilometre of the others.
  const isNear = Math.abs(Number(lat) - 59.21) < 0.02 && Math.abs(Number(lon) - 10.93) < 0.02;
  return ({ adressetekst }: JsonObject): boolean =>
    sok === undefined ? isNear : includes(adressetekst, sok);
}

function includes(value: unknown, wanted: string | undefined): boolean {
  if (typeof value !== 'string' || wanted === undefined) return false;
  return value.toLocaleLowerCase('nb').includes(wanted.toLocaleLowerCase('nb'));
}

function askedFor(body: unknown): string[] {
  const asked = (body as { personidentifikatorer?: unknown } | undefined)?.personidentifikatorer;
  return Array.isArray(asked) ? asked.map(String) : [];
}

/** By the last digit, so that every kind of answer can be seen. */
function person(personidentifikator: string): JsonObject {
  const last = Number(personidentifikator.at(-1));
  if (last === 0) return { personidentifikator, status: 'IKKE_REGISTRERT' };
  return {
    personidentifikator,
    status: 'AKTIV',
    reservasjon: last === 1 ? 'JA' : 'NEI',
    varslingsstatus: last === 2 ? 'KAN_IKKE_VARSLES' : 'KAN_VARSLES',
  };
}
