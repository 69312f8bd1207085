import type { Texts } from '../kinds.js';

/** The texts in English. */
export const EN: Texts = {
  acknowledgement: {
    subject: 'We have received your inquiry ({reference})',
    body: `We have received your inquiry about {service}. Case number {reference}. You will have an answer by {expectedBy}.

We use your information only to handle the inquiry, and delete it when the retention period is over. You may ask to see it.`,
  },
  assigned: {
    subject: 'New inquiry {reference}',
    body: `Inquiry {reference} about {service} has been assigned[ to {unit}]. The citizen was promised an answer by {expectedBy}.`,
  },
  forwarded: {
    subject: 'Your inquiry was passed on ({reference})',
    body: `Your inquiry about {service} (case number {reference}) is not the municipality's responsibility. We have passed it to the right authority, which will answer you.`,
  },
  statusRequest: {
    subject: 'Question about the status of {reference}',
    body: `The citizen asks about inquiry {reference} about {service}. Write where the case stands and when it will be done.`,
  },
  status: {
    subject: 'The status of your case ({reference})',
    body: `You asked about your inquiry about {service} (case number {reference}).

{answer}

We expect to be done by {promisedBy}.`,
  },
  reminder: {
    subject: 'Reminder of {reference}',
    body: `Inquiry {reference} about {service} has not been answered. The deadline is {expectedBy}.`,
  },
  escalated: {
    subject: 'The deadline was missed in {reference}',
    body: `Inquiry {reference} about {service} should have been answered by {expectedBy}.

The case is with {unit}.`,
  },
  delay: {
    subject: 'Your case takes longer ({reference})',
    body: `We wrote that you would have an answer by {expectedBy} in case {reference}. We cannot keep that[ because: {reason}].

The new date is {promisedBy}.`,
  },
  answered: {
    subject: 'The answer to your inquiry ({reference})',
    body: `This is about your inquiry about {service} (case number {reference}).

{answer}

The case is closed[: {outcome}]. You can reply to this message within {replyDays} days.`,
  },
  linked: {
    subject: 'Your inquiry was linked to another case ({reference})',
    body: `Others have reported the same. Your inquiry ({reference}) now follows case {mainReference}, and you will hear when it is solved.`,
  },
  deficiency: {
    subject: 'We need more from you in your case ({reference})',
    body: `We cannot finish your inquiry about {service} (case number {reference}) before we have more from you.

We need[ by {dueAt}]:

{missing}

Reply to this message. The time we wait does not count towards the deadline.`,
  },
  interimReply: {
    subject: 'Interim reply to your inquiry ({reference})',
    body: `We cannot answer your inquiry about {service} (case number {reference}) within the deadline.

The reason is: {reason}

We expect to answer by {promisedBy}.`,
  },
  decision: {
    subject: 'A decision in your case ({reference})',
    body: `We have made a decision in your case about {service} (case number {reference})[: {outcome}].

{answer}

You may complain about the decision within three weeks from when you received this message. Send the complaint to us, for example by replying. Write what you want changed, and why. You have the right to see the documents of the case.`,
  },
  rejection: {
    subject: 'A rejection in your case ({reference})',
    body: `We have turned down your inquiry about {service} (case number {reference}).

{answer}

You may complain within three weeks from when you received this message. Send the complaint to us, for example by replying. Write what you want changed, and why. You have the right to see the documents of the case.`,
  },
  feedbackRequest: {
    subject: 'How did it go with your case? ({reference})',
    body: `Your case about {service} (case number {reference}) is closed.

Did you get the help you needed? Reply to this message with a number from 1 (no) to 5 (yes), and gladly write why. Your answer helps us to do better. It is voluntary.`,
  },
  consentRequest: {
    subject: 'We need your consent ({reference})',
    body: `Somebody has asked for {service} (case number {reference}), and we need your consent before we can go on.

{notice}

Answer yes or no to this message[ by {dueAt}]. It is your choice, and you may withdraw your consent.`,
  },
  lapsed: {
    subject: 'Your access request has not been answered ({reference})',
    body: `You have asked for access to documents (case number {reference}) and have had no answer within five working days. That counts as a refusal, and you may complain about it now.

Send the complaint to us, for example by replying to this message. We are still working on your request and will answer as soon as we can.`,
  },
  complaintForwarded: {
    subject: 'Your complaint was passed on ({reference})',
    body: `We have considered your complaint in the case about {service} (case number {reference}) and have not changed the decision. The complaint was passed to the appeals body, which decides it and will answer you.

{answer}`,
  },
  renewal: {
    subject: 'It is time to renew ({reference})',
    body: `What you were granted in the case about {service} (case number {reference}) must be renewed[ by {dueAt}] to stay valid.

{notice}

Reply to this message if you want to renew it.`,
  },
  notice: {
    subject: 'A message about your case ({reference})',
    body: `This is about your inquiry about {service} (case number {reference}).

{notice}`,
  },
  crisisAcknowledgement: {
    subject: 'We have received your inquiry ({reference})',
    body: `We have received your inquiry about {service}. Case number {reference}.

{notice}

We use your information only to handle the inquiry, and delete it when the retention period is over. You may ask to see it.`,
  },
};
