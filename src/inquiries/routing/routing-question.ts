import type { JsonObject } from '../../kernel/json.js';
import type { Inquiry } from '../inquiries.js';

/** What a routing table may ask about: the case's person-free answers, and what the register knows. */
export function routingQuestion({
  service,
  channel,
  district,
  answers,
}: Pick<Inquiry, 'service' | 'channel' | 'district' | 'answers'>): JsonObject {
  return { ...answers, service, channel, district };
}
