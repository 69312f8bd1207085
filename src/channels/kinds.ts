/** What a message may say. What is missing is left out of it, with the words around it. */
export interface MessageFacts {
  reference: string;
  /** The service's name in the message's language. */
  service: string;
  /** When an answer was promised. */
  expectedBy: Date;
  /** The unit's name in the message's language. */
  unit?: string | undefined;
  /** Where to read more. */
  link: string;
  /** Whom to ask. */
  contact?: string | undefined;
  /** How the case ended, in words. */
  outcome?: string | undefined;
  /** What somebody wrote for the citizen to read. */
  answer?: string | undefined;
  /** Set when what somebody wrote must not go by mail. */
  isAnswerWithheld?: boolean;
  /** Why it takes longer. */
  reason?: string | undefined;
  /** The new promise. */
  promisedBy?: Date | undefined;
  /** The case that this one repeats. */
  mainReference?: string | undefined;
  /** What the citizen has to send before work can go on. */
  missing?: string | undefined;
  /** When the citizen is to have answered. */
  dueAt?: Date | undefined;
  /** A common message. */
  notice?: string | undefined;
}

/** What a text may name between braces. */
export const FACT_NAMES = [
  'reference',
  'service',
  'expectedBy',
  'unit',
  'link',
  'contact',
  'outcome',
  'answer',
  'reason',
  'promisedBy',
  'mainReference',
  'missing',
  'dueAt',
  'notice',
  'replyDays',
] as const;
export type FactName = (typeof FACT_NAMES)[number];

/** Every message that is sent by itself. */
export const TEMPLATES = [
  'acknowledgement',
  'assigned',
  'forwarded',
  'statusRequest',
  'status',
  'reminder',
  'escalated',
  'delay',
  'answered',
  'linked',
  'deficiency',
  'interimReply',
  'decision',
  'rejection',
  'feedbackRequest',
  'consentRequest',
  'lapsed',
  'complaintForwarded',
  'renewal',
  'notice',
  'crisisAcknowledgement',
] as const;
export type Template = (typeof TEMPLATES)[number];

/**
 * What a text of this kind must say, and what must be known before it is sent. Number, contact and
 * link stand at the end of every message, whatever its text.
 */
export const REQUIRED_FACTS: Readonly<Record<Template, readonly FactName[]>> = {
  acknowledgement: ['reference', 'service', 'expectedBy'],
  assigned: ['reference', 'service', 'expectedBy'],
  forwarded: ['reference', 'service'],
  statusRequest: ['reference', 'service'],
  status: ['reference', 'service'],
  reminder: ['reference', 'service', 'expectedBy'],
  escalated: ['reference', 'service', 'expectedBy'],
  delay: ['reference', 'expectedBy'],
  answered: ['reference', 'service'],
  linked: ['reference', 'mainReference'],
  deficiency: ['reference', 'service', 'missing'],
  // Forvaltningsloven § 11 a: the reason, and as far as possible when an answer can be expected.
  interimReply: ['reference', 'service', 'reason'],
  decision: ['reference', 'service'],
  rejection: ['reference', 'service'],
  feedbackRequest: ['reference', 'service'],
  consentRequest: ['reference', 'service'],
  lapsed: ['reference'],
  complaintForwarded: ['reference', 'service'],
  renewal: ['reference', 'service'],
  notice: ['reference', 'notice'],
  crisisAcknowledgement: ['reference', 'service', 'notice'],
};

/** What staff or citizens wrote themselves; where mail is no safe way, none of it is sent. */
export const WRITTEN_FACTS: readonly FactName[] = ['answer', 'missing', 'notice', 'reason'];

export const MESSAGE_LANGUAGES = ['nb', 'nn', 'en'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

/**
 * A text with facts between braces. A part in square brackets is left out when a fact it names is
 * missing, and so is a whole paragraph; an empty line parts two paragraphs.
 */
export interface TemplateText {
  subject: string;
  body: string;
}

export type Texts = Readonly<Record<Template, TemplateText>>;
