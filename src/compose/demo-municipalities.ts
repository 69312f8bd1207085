import { DEMO_TENANTS } from '../access/demo-users.js';
import type { UnitDraft } from '../people/units.js';

type Names = UnitDraft['names'];

const same = (name: string): Names => ({ nb: name, nn: name, en: name });

/** The parts of a made-up municipality, as a middle-sized Norwegian one has them. */
const UNITS: readonly [code: string, parent: string | null, names: Names][] = [
  ['SERV', null, { nb: 'Servicetorget', nn: 'Servicetorget', en: 'Citizen service centre' }],
  [
    'VEI',
    null,
    {
      nb: 'Vei, park og gatelys',
      nn: 'Veg, park og gatelys',
      en: 'Roads, parks and street lights',
    },
  ],
  [
    'VAR',
    null,
    {
      nb: 'Vann, avløp og renovasjon',
      nn: 'Vatn, avløp og renovasjon',
      en: 'Water, sewage and waste',
    },
  ],
  ['BYGG', null, { nb: 'Byggesak', nn: 'Byggesak', en: 'Building permits' }],
  ['GEO', null, { nb: 'Kart og oppmåling', nn: 'Kart og oppmåling', en: 'Maps and surveying' }],
  [
    'KULT',
    null,
    {
      nb: 'Kultur, idrett og utleie',
      nn: 'Kultur, idrett og utleige',
      en: 'Culture, sports and venues',
    },
  ],
  [
    'OKO',
    null,
    {
      nb: 'Kommunale gebyrer og eiendomsskatt',
      nn: 'Kommunale gebyr og eigedomsskatt',
      en: 'Fees and property tax',
    },
  ],
  ['OPPV', null, { nb: 'Barnehage og SFO', nn: 'Barnehage og SFO', en: 'Kindergartens' }],
  ['TILD', null, { nb: 'Tildelingskontoret', nn: 'Tildelingskontoret', en: 'Care allocation' }],
  ['DOK', null, { nb: 'Dokumentsenteret', nn: 'Dokumentsenteret', en: 'Records and archive' }],
  [
    'PVO',
    null,
    { nb: 'Personvernombudet', nn: 'Personvernombodet', en: 'Data protection officer' },
  ],
  ['BEV', null, { nb: 'Bevilling og næring', nn: 'Løyve og næring', en: 'Licences and business' }],
  ['IT', null, same('IT')],
  ['BER', null, { nb: 'Beredskap', nn: 'Beredskap', en: 'Emergency preparedness' }],
];

/** A municipality that is to be set up. */
export interface MunicipalityDraft {
  readonly tenant: string;
  readonly units: readonly UnitDraft[];
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
export const DEMO_MUNICIPALITIES: readonly MunicipalityDraft[] =
  DEMO_TENANTS.map(madeUpMunicipality);
