import { DEMO_TENANTS, DEMO_USERS, demoMemberships } from '../access/demo-users.js';
import type { MembershipDraft } from '../people/memberships.js';
import type { UnitDraft } from '../people/units.js';

type Names = UnitDraft['names'];

const named = (nb: string, nn: string, en: string): Names => ({ nb, nn, en });

/** The parts of a made-up municipality, as a middle-sized Norwegian one has them. */
const UNITS: readonly [code: string, parent: string | null, names: Names][] = [
  ['KD', null, named('Kommunedirektøren', 'Kommunedirektøren', 'Chief municipal executive')],
  ['SERV', 'KD', named('Servicetorget', 'Servicetorget', 'Citizen service centre')],
  ['TEKN', 'KD', named('Teknisk', 'Teknisk', 'Technical services')],
  [
    'VEI',
    'TEKN',
    named('Vei, park og gatelys', 'Veg, park og gatelys', 'Roads, parks and street lights'),
  ],
  [
    'VAR',
    'TEKN',
    named('Vann, avløp og renovasjon', 'Vatn, avløp og renovasjon', 'Water, sewage and waste'),
  ],
  ['BYGG', 'TEKN', named('Byggesak', 'Byggesak', 'Building permits')],
  ['GEO', 'TEKN', named('Kart og oppmåling', 'Kart og oppmåling', 'Maps and surveying')],
  ['EIKU', 'KD', named('Eiendom og kultur', 'Eigedom og kultur', 'Property and culture')],
  [
    'KULT',
    'EIKU',
    named('Kultur, idrett og utleie', 'Kultur, idrett og utleige', 'Culture, sports and venues'),
  ],
  ['OKON', 'KD', named('Økonomi', 'Økonomi', 'Finance')],
  [
    'OKO',
    'OKON',
    named(
      'Kommunale gebyrer og eiendomsskatt',
      'Kommunale gebyr og eigedomsskatt',
      'Fees and property tax',
    ),
  ],
  ['OPPS', 'KD', named('Oppvekst', 'Oppvekst', 'Children and schools')],
  [
    'OPPV',
    'OPPS',
    named('Barnehage og SFO', 'Barnehage og SFO', 'Kindergartens and after-school care'),
  ],
  ['HELS', 'KD', named('Helse', 'Helse', 'Health')],
  ['TILD', 'HELS', named('Tildelingskontoret', 'Tildelingskontoret', 'Care allocation')],
  ['STAB', 'KD', named('Stab', 'Stab', 'Staff functions')],
  ['DOK', 'STAB', named('Dokumentsenteret', 'Dokumentsenteret', 'Records and archive')],
  ['PVO', 'STAB', named('Personvernombudet', 'Personvernombodet', 'Data protection officer')],
  ['BEV', 'STAB', named('Bevilling og næring', 'Løyve og næring', 'Licences and business')],
  ['IT', 'STAB', named('IT', 'IT', 'IT')],
  ['BER', 'STAB', named('Beredskap', 'Beredskap', 'Emergency preparedness')],
];

/** A municipality that is to be set up. */
export interface MunicipalityDraft {
  readonly tenant: string;
  readonly units: readonly UnitDraft[];
  /** Who works there from the beginning. */
  readonly members?: readonly Pick<MembershipDraft, 'username' | 'unit' | 'role'>[];
}

/** A made-up municipality, with mail addresses that reach nobody (RFC 2606). */
export function madeUpMunicipality(tenant: string): MunicipalityDraft {
  const units = UNITS.map(([code, parent, names]): UnitDraft => {
    const address = `${code.toLowerCase()}@${tenant}.example`;
    return { code, parent, names, email: address, managerEmail: `leder.${address}` };
  });
  return { tenant, units };
}

/** Those of demo mode. */
export const DEMO_MUNICIPALITIES: readonly MunicipalityDraft[] = DEMO_TENANTS.map((tenant) => ({
  ...madeUpMunicipality(tenant),
  members: DEMO_USERS.filter((user) => user.tenant === tenant).flatMap((user) =>
    demoMemberships(user).map((one) => ({ username: user.username, ...one })),
  ),
}));
