import { z } from 'zod';
import type { RegisterAdapter } from './register.js';

/** A property with what the municipality's technical system knows of it. Owners are left out. */
export interface Property {
  cadastre: string;
  address: string;
  bins: { waste: string; litres: number; count: number }[];
  /** Day of the week that bins are emptied, 1 = Monday. */
  collectionDay: number | null;
  /** Yearly fees, in kroner. */
  yearlyFees: number | null;
}

export interface PropertyQuery {
  farm: number;
  title: number;
}

/** Our own shape, close to what cadastre and technical systems hand out: neither is open. */
const answer = z.looseObject({
  eiendommer: z.array(
    z.looseObject({
      gardsnummer: z.number(),
      bruksnummer: z.number(),
      adresse: z.string(),
      dunker: z.array(
        z.looseObject({ avfallstype: z.string(), liter: z.number(), antall: z.number() }),
      ),
      tommedag: z.number().int().min(1).max(7).nullish(),
      arsgebyr: z.number().nullish(),
    }),
  ),
});

const HOUR_MS = 3_600_000;

export const propertyAdapter: RegisterAdapter<PropertyQuery, Property> = {
  name: 'properties',
  freshMs: HOUR_MS,
  question: ({ farm, title }) => ({
    path: 'eiendommer',
    parameters: { gardsnummer: String(farm), bruksnummer: String(title) },
  }),
  read: (given) =>
    given === null
      ? []
      : answer.parse(given).eiendommer.map((one) => ({
          cadastre: `${one.gardsnummer}/${one.bruksnummer}`,
          address: one.adresse,
          bins: one.dunker.map(({ avfallstype: waste, liter: litres, antall: count }) => ({
            waste,
            litres,
            count,
          })),
          collectionDay: one.tommedag ?? null,
          yearlyFees: one.arsgebyr ?? null,
        })),
};
