import type { Tx } from '../db/tx.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import type { Content } from '../inquiries/content.js';
import { readContent } from '../inquiries/content.js';
import type { Inquiry } from '../inquiries/inquiries.js';
import { lockInquiry, updateInquiry } from '../inquiries/inquiries.js';
import { appendInquiryEvent } from '../inquiries/lifecycle.js';
import type { Point } from '../inquiries/place.js';
import { metresBetween } from '../inquiries/place.js';
import type { Id } from '../kernel/ids.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, changeIn, numberInput, textInput } from './case-handler.js';

const DAY_MS = 86_400_000;

/** Finds the open case that reported the same thing first. */
export function findDuplicateHandler({ newId }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'find-duplicate',
    title: { nb: 'Finn hovedsak', en: 'Find the main case' },
    runs: 'in-step',
    inputs: [
      INQUIRY_ID,
      {
        name: 'radiusMetres',
        type: 'number',
        title: { nb: 'Radius i meter', en: 'Radius, metres' },
      },
      { name: 'days', type: 'number', title: { nb: 'Dager tilbake', en: 'Days back' } },
    ],
    outputs: [
      {
        name: 'duplicateOf',
        type: 'string',
        title: { nb: 'Hovedsakens nummer', en: "The main case's number" },
      },
    ],
    run: async (input, context) => {
      const { tx, tenant } = context;
      const inquiry = await lockInquiry(tx, tenant, textInput(input, 'inquiryId'));
      const content = await readContent(tx, tenant, inquiry.id);
      const days = numberInput(input, 'days', { min: 0, max: 3660, fallback: 14 });
      const radius = numberInput(input, 'radiusMetres', { min: 0, max: 100_000, fallback: 50 });
      const candidates = await findCandidates(tx, tenant, inquiry, days);
      const main = candidates.find((candidate) => isSamePlace(content, candidate, radius));
      if (!main) return { duplicateOf: null };
      await updateInquiry(tx, tenant, inquiry.id, { duplicateOf: main.id });
      const event = { main: main.reference };
      await appendInquiryEvent(
        tx,
        changeIn(context, newId),
        inquiry.id,
        'inquiry.duplicate',
        event,
      );
      return { duplicateOf: main.reference };
    },
  };
}

type Candidate = Pick<Content, 'address' | 'latitude' | 'longitude'> & {
  id: Id;
  reference: string;
};

/** Open main cases of the same service that came in before this one, the first of them first. */
async function findCandidates(
  tx: Tx,
  tenant: string,
  { id, service, receivedAt }: Inquiry,
  days: number,
): Promise<Candidate[]> {
  return tx.query<Candidate>(
    `SELECT i.id, i.reference, c.address, c.latitude, c.longitude
     FROM inquiry i JOIN inquiry_content c ON c.tenant_id = i.tenant_id AND c.inquiry_id = i.id
     WHERE i.tenant_id = $1 AND i.service_code = $2 AND i.closed_at IS NULL
       AND i.duplicate_of IS NULL AND i.id <> $3 AND (i.received_at, i.id) < ($4, $3)
       AND i.received_at >= $5
     ORDER BY i.received_at, i.id`,
    [tenant, service, id, receivedAt, new Date(receivedAt.getTime() - days * DAY_MS)],
  );
}

/** By distance where both have a point; else by the same address in any spelling of case and space. */
function isSamePlace(content: Content, candidate: Candidate, radiusMetres: number): boolean {
  const [here, there] = [pointOf(content), pointOf(candidate)];
  if (here && there) return metresBetween(here, there) <= radiusMetres;
  const address = addressKey(content.address);
  return address !== '' && address === addressKey(candidate.address);
}

function pointOf({
  latitude,
  longitude,
}: Pick<Content, 'latitude' | 'longitude'>): Point | undefined {
  return latitude === null || longitude === null ? undefined : { latitude, longitude };
}

function addressKey(address: string | null): string {
  return (address ?? '')
    .toLocaleLowerCase('nb')
    .replace(/[\s,.]+/g, ' ')
    .trim();
}
