import type { Service } from '../../catalogue/services.js';
import { readServices } from '../../catalogue/services.js';
import type { Tx } from '../../db/tx.js';
import { STATUS_WORDS } from '../../inquiries/event-words.js';
import type { Inquiry } from '../../inquiries/inquiries.js';
import { INQUIRY_COLUMNS_OF_I } from '../../inquiries/inquiries.js';
import { isOpen } from '../../inquiries/inquiry.js';
import { readReference } from '../../inquiries/reference.js';
import type { Unit } from '../../people/units.js';
import { readUnits } from '../../people/units.js';
import type { WireObject } from './wire.js';

/** What to look for (GeoReport v2, GET requests). With numbers, nothing else counts. */
export interface RequestFilter {
  references?: readonly string[] | undefined;
  services?: readonly string[] | undefined;
  status?: readonly ('open' | 'closed')[] | undefined;
  from: Date;
  before: Date;
  page: number;
  pageSize: number;
}

type Reported = Inquiry & {
  text: string | null;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  mediaUrl: string | null;
};

/** GeoReport v2 allows no longer texts. */
const MAX_DESCRIPTION = 4000;

/**
 * Reports that came over Open311, the newest change first: what reporters were told would be shown
 * to everybody. Nothing says who they are from. The time is that of the report or of its latest
 * change, since clients ask for either.
 */
export async function readRequests(
  tx: Tx,
  tenant: string,
  filter: RequestFilter,
): Promise<WireObject[]> {
  const numbers = filter.references?.flatMap((one) => readReference(one) ?? []) ?? null;
  const rows = await tx.query<Reported>(FIND, [
    tenant,
    numbers,
    filter.from,
    filter.before,
    filter.services ?? null,
    filter.status ?? null,
    filter.pageSize,
    (filter.page - 1) * filter.pageSize,
  ]);
  const services = new Map((await readServices(tx, tenant)).map((one) => [one.code, one]));
  const units = new Map((await readUnits(tx, tenant)).map((one) => [one.code, one]));
  return rows.map((row) => toRequest(row, services.get(row.service), units.get(row.unit ?? '')));
}

function toRequest(
  row: Reported,
  service: Service | undefined,
  unit: Unit | undefined,
): WireObject {
  return {
    service_request_id: row.reference,
    status: isOpen(row.status) ? 'open' : 'closed',
    status_notes: STATUS_WORDS[row.status]?.nb ?? row.status,
    service_name: service?.names.nb ?? row.service,
    service_code: row.service,
    description: row.text?.slice(0, MAX_DESCRIPTION) ?? null,
    agency_responsible: unit?.names.nb ?? null,
    service_notice: null,
    requested_datetime: row.receivedAt.toISOString(),
    updated_datetime: row.changedAt.toISOString(),
    expected_datetime: row.expectedBy.toISOString(),
    address: row.address,
    address_id: null,
    zipcode: null,
    lat: row.latitude,
    long: row.longitude,
    media_url: row.mediaUrl,
  };
}

const FIND = `
  SELECT ${INQUIRY_COLUMNS_OF_I}, c.text, c.address, c.latitude,
    c.longitude, (SELECT a.answers -> 'mediaUrls' ->> 0 FROM inquiry_answer a
      WHERE a.tenant_id = i.tenant_id AND a.inquiry_id = i.id AND a.form_id = 'open311'
      ORDER BY a.id LIMIT 1) AS "mediaUrl"
  FROM open311_request o
  JOIN inquiry i ON i.tenant_id = o.tenant_id AND i.id = o.inquiry_id
  JOIN inquiry_content c ON c.tenant_id = i.tenant_id AND c.inquiry_id = i.id
  WHERE o.tenant_id = $1 AND c.scrubbed_at IS NULL
    AND CASE WHEN $2::text[] IS NOT NULL THEN i.reference = ANY($2)
      ELSE (i.received_at BETWEEN $3 AND $4 OR i.changed_at BETWEEN $3 AND $4)
        AND ($5::text[] IS NULL OR i.service_code = ANY($5))
        AND ($6::text[] IS NULL OR
          (CASE WHEN i.closed_at IS NULL THEN 'open' ELSE 'closed' END) = ANY($6)) END
  ORDER BY i.changed_at DESC, i.id DESC LIMIT $7 OFFSET $8`;
