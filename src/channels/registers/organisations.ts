import { z } from 'zod';
import type { RegisterAdapter } from './register.js';

/** An organisation of the central coordinating register. */
export interface Organisation {
  number: string;
  name: string;
  /** Code of its form: `FLI` is an association. */
  form: string;
  bankrupt: boolean;
  deletedOn: string | null;
  postalPlace: string | null;
}

export type OrganisationQuery = { number: string } | { name: string };

/** The shape of `data.brreg.no/enhetsregisteret/api/enheter`; nothing found leaves `_embedded` out. */
const answer = z.looseObject({
  _embedded: z
    .looseObject({
      enheter: z.array(
        z.looseObject({
          organisasjonsnummer: z.string(),
          navn: z.string(),
          organisasjonsform: z.looseObject({ kode: z.string() }),
          konkurs: z.boolean().optional(),
          slettedato: z.string().optional(),
          forretningsadresse: z.looseObject({ poststed: z.string().optional() }).optional(),
        }),
      ),
    })
    .optional(),
  page: z.looseObject({}),
});

const HOUR_MS = 3_600_000;

export const organisationAdapter: RegisterAdapter<OrganisationQuery, Organisation> = {
  name: 'organisations',
  freshMs: HOUR_MS,
  question: (query) => ({
    path: 'enheter',
    parameters: {
      size: '20',
      ...('number' in query ? { organisasjonsnummer: query.number } : { navn: query.name }),
    },
  }),
  read: (given) =>
    given === null
      ? []
      : (answer.parse(given)._embedded?.enheter ?? []).map((one) => ({
          number: one.organisasjonsnummer,
          name: one.navn,
          form: one.organisasjonsform.kode,
          bankrupt: one.konkurs ?? false,
          deletedOn: one.slettedato ?? null,
          postalPlace: one.forretningsadresse?.poststed ?? null,
        })),
};
