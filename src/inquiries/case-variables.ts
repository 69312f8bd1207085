import type { Service } from '../catalogue/services.js';
import type { JsonObject } from '../kernel/json.js';
import type { Inquiry } from './inquiries.js';

/**
 * What a process knows of its case: person-free, under the names that models use. Dates are ISO 8601
 * texts in UTC.
 */
export function caseVariables(inquiry: Inquiry, service: Service, complete: boolean): JsonObject {
  return {
    ...inquiry.answers,
    ...serviceVariables(inquiry, service),
    inquiryId: inquiry.id,
    reference: inquiry.reference,
    channel: inquiry.channel,
    received: inquiry.receivedAt.toISOString(),
    ownWords: inquiry.ownWords,
    identified: inquiry.identified,
    complete,
    district: inquiry.district,
    unit: inquiry.unit,
  };
}

/** Those of them that follow from the service, and change when another service is chosen. */
export function serviceVariables(
  { expectedBy, statutoryBy }: Pick<Inquiry, 'expectedBy' | 'statutoryBy'>,
  service: Service,
): JsonObject {
  return {
    service: service.code,
    serviceProcess: service.activeProcess,
    firstLine: service.firstLine,
    answeredBy: service.answeredBy,
    retention: service.retention.duration,
    archiveRule: service.archive,
    dataClass: service.dataClass,
    expectedBy: expectedBy.toISOString(),
    statutoryBy: statutoryBy?.toISOString() ?? null,
  };
}
