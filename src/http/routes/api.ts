import type { DocumentInfo } from '../openapi.js';
import { attachmentRoutes } from './attachments.js';
import { beatRoutes } from './beats.js';
import { callRoutes } from './calls.js';
import { catalogueRoutes } from './catalogue.js';
import { complaintRoutes } from './complaints.js';
import { contactRoutes } from './contacts.js';
import { coverageRoutes } from './coverage.js';
import { crisisRoutes } from './crises.js';
import { deadlineChangeRoutes } from './deadline-changes.js';
import { deadlineRoutes } from './deadlines.js';
import { deliveryRoutes } from './deliveries.js';
import { demoRoutes } from './demo.js';
import { incidentRoutes } from './incidents.js';
import { inquiryRoutes } from './inquiries.js';
import { mailAddressRoutes } from './mail-addresses.js';
import { meRoutes } from './me.js';
import { messageTextRoutes } from './message-texts.js';
import { messageRoutes } from './messages.js';
import { objectiveRoutes } from './objectives.js';
import { open311ClientRoutes } from './open311-clients.js';
import { organisationRoutes } from './organisation/routes.js';
import { registerRoutes } from './registers.js';
import { reopeningRoutes } from './reopening.js';
import { retentionRoutes } from './retention.js';
import { routingRoutes } from './routing.js';
import { searchRoutes } from './search.js';
import { serviceWordRoutes } from './service-words.js';
import { serviceRoutes } from './services.js';
import { slaRoutes } from './sla.js';
import { statusRoutes } from './status.js';
import { taskRoutes } from './tasks.js';

/** Every route under `/api`, in the order the documentation shows them. */
export const apiRoutes = [
  ...inquiryRoutes,
  ...contactRoutes,
  ...callRoutes,
  ...searchRoutes,
  ...complaintRoutes,
  ...messageRoutes,
  ...messageTextRoutes,
  ...reopeningRoutes,
  ...statusRoutes,
  ...attachmentRoutes,
  ...deliveryRoutes,
  ...taskRoutes,
  ...serviceRoutes,
  ...catalogueRoutes,
  ...serviceWordRoutes,
  ...routingRoutes,
  ...organisationRoutes,
  ...deadlineRoutes,
  ...deadlineChangeRoutes,
  ...objectiveRoutes,
  ...registerRoutes,
  ...slaRoutes,
  ...coverageRoutes,
  ...retentionRoutes,
  ...incidentRoutes,
  ...open311ClientRoutes,
  ...mailAddressRoutes,
  ...crisisRoutes,
  ...beatRoutes,
  ...meRoutes,
  ...demoRoutes,
];

/** The head of the API's documentation. */
export const API_INFO: DocumentInfo = {
  title: 'Saksflyt API',
  version: '0.1.0',
  description:
    'Citizens’ inquiries to a municipality, and the work on them. Log in with HTTP Basic; what a ' +
    'user may do is said by `GET /api/me`. A municipality sees its own only. Whatever goes wrong ' +
    'is answered with a problem document (RFC 9457) whose `code` is stable.',
  tags: [
    { name: 'inquiries', description: 'What citizens ask for, and what becomes of it.' },
    { name: 'contacts', description: 'Conversations, which inquiries come out of.' },
    { name: 'messages', description: 'What citizen and municipality say to each other.' },
    { name: 'tasks', description: 'What somebody has to do now.' },
    { name: 'services', description: 'What the municipality offers.' },
    { name: 'routing', description: 'Where cases go, and whether they belonged there.' },
    { name: 'organisation', description: 'Units, who works there, and who stands in.' },
    { name: 'registers', description: 'What other authorities’ registers know.' },
    { name: 'deadlines', description: 'Promises and legal deadlines.' },
    { name: 'open311', description: 'Who may report over Open311, under `/open311/v2`.' },
    { name: 'retention', description: 'How long cases stay, what keeps them, and what was cut.' },
    { name: 'incidents', description: 'Where a process stands still until a person helps.' },
    { name: 'crises', description: 'When so many report that they are answered together.' },
    { name: 'access', description: 'Who may do what.' },
    { name: 'demo', description: 'Only in demo mode.' },
  ],
};
