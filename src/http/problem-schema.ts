import { z } from 'zod';

/** The document that answers whatever goes wrong (RFC 9457), for the documentation. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string().meta({ description: 'The status in words.' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What went wrong, for people; may be reworded.' }),
    code: z.string().meta({ description: 'What went wrong, for programs; stable.' }),
    instance: z.string().optional(),
    errors: z
      .array(
        z.object({
          path: z.string().optional().meta({ description: 'Where in the request or the file.' }),
          elementId: z.string().optional().meta({ description: 'The BPMN or DMN element.' }),
          elementName: z.string().optional(),
          reason: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'Everything that is wrong with the input, at once.' }),
    requestId: z.string().optional().meta({ description: 'Also in the server’s log.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
