import { parseDateTime } from '../calendar/date-time.js';
import type { HandlerDeclaration } from '../engine/handler.js';
import { ConflictError } from '../kernel/errors.js';
import type { HandlerDependencies } from './case-handler.js';
import { INQUIRY_ID, textInput } from './case-handler.js';

/** Long enough for a node that was down over a holiday. */
const TIME_TO_LIVE_MS = 30 * 86_400_000;

/**
 * Sends a message to another process about the case: one that waits for it, or one that begins with
 * it and may outlive the case, such as the renewal of a permit.
 */
export function sendMessageHandler({ publish }: HandlerDependencies): HandlerDeclaration {
  return {
    name: 'send-message',
    title: { nb: 'Send melding til en prosess', en: 'Send a message to a process' },
    runs: 'as-job',
    inputs: [
      INQUIRY_ID,
      {
        name: 'message',
        type: 'string',
        required: true,
        title: { nb: 'Meldingens navn', en: 'Name of the message' },
      },
      { name: 'at', type: 'date-time', title: { nb: 'Tidspunkt', en: 'A time it tells of' } },
    ],
    outputs: [],
    run: async (input, context) => {
      const inquiryId = textInput(input, 'inquiryId');
      const at = input['at'];
      const message = {
        name: textInput(input, 'message'),
        correlationKey: inquiryId,
        timeToLiveMs: TIME_TO_LIVE_MS,
        messageId: context.idempotencyKey,
        variables: {
          inquiryId,
          ...(typeof at === 'string' && { at: parseDateTime(at).toISOString() }),
        },
        by: context.actor,
      };
      try {
        await context.inTransaction((tx) => publish(tx, context.tenant, message));
      } catch (error) {
        // An earlier attempt of this job has sent it.
        if (!(error instanceof ConflictError) || error.code !== 'message_published_before') {
          throw error;
        }
      }
      return {};
    },
  };
}
