import type { WireObject } from '../../channels/open311/wire.js';

/** When what is said here was last changed (Open311 service discovery). */
const CHANGESET = '2026-11-23T00:00:00Z';

/** Where Open311 is spoken, and how. */
export function discovery(publicUrl: string): WireObject {
  return {
    changeset: CHANGESET,
    contact: `Open311 at ${publicUrl}`,
    key_service: `Keys are given by the municipality's administrators`,
    endpoints: {
      item: 'endpoint',
      items: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: `${publicUrl}/open311/v2`,
          changeset: CHANGESET,
          type: 'production',
          formats: { item: 'format', items: ['text/xml', 'application/json'] },
        },
      ],
    },
  };
}
