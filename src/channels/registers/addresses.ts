import { z } from 'zod';
import type { RegisterAdapter } from './register.js';

/** An address of the national register of addresses. */
export interface Address {
  text: string;
  postalCode: string | null;
  postalPlace: string | null;
  municipality: string;
  /** Farm and title number, such as `12/34`. */
  cadastre: string;
  latitude: number;
  longitude: number;
}

/** By words as they are typed, or by a point and a radius in metres. */
export type AddressQuery =
  | { words: string; municipality?: string | undefined }
  | { latitude: number; longitude: number; radius: number };

/** The shape of `ws.geonorge.no/adresser/v1`, `sok` and `punktsok`. */
const answer = z.looseObject({
  adresser: z.array(
    z.looseObject({
      adressetekst: z.string(),
      postnummer: z.string().nullish(),
      poststed: z.string().nullish(),
      kommunenummer: z.string(),
      gardsnummer: z.number(),
      bruksnummer: z.number(),
      representasjonspunkt: z.looseObject({ lat: z.number(), lon: z.number() }),
    }),
  ),
});

const DAY_MS = 86_400_000;

export const addressAdapter: RegisterAdapter<AddressQuery, Address> = {
  name: 'addresses',
  freshMs: DAY_MS,
  question: (query) =>
    'words' in query
      ? {
          path: 'sok',
          parameters: {
            sok: query.words,
            fuzzy: 'true',
            treffPerSide: '20',
            ...(query.municipality !== undefined && { kommunenummer: query.municipality }),
          },
        }
      : {
          path: 'punktsok',
          parameters: {
            lat: String(query.latitude),
            lon: String(query.longitude),
            radius: String(query.radius),
            treffPerSide: '20',
          },
        },
  read: (given) =>
    given === null
      ? []
      : answer.parse(given).adresser.map((one) => ({
          text: one.adressetekst,
          postalCode: one.postnummer ?? null,
          postalPlace: one.poststed ?? null,
          municipality: one.kommunenummer,
          cadastre: `${one.gardsnummer}/${one.bruksnummer}`,
          latitude: one.representasjonspunkt.lat,
          longitude: one.representasjonspunkt.lon,
        })),
};
