/** A report of a mail server on a mail that it could not deliver, as RFC 3464 has it. */
export interface BounceOptions {
  /** Of the mail that the report is about, without angle brackets. */
  messageId: string;
  to: string;
  action?: 'failed' | 'delayed';
  status?: string;
}

export function bounceOf({ messageId, to, action = 'failed', status = '5.1.1' }: BounceOptions) {
  const part = (type: string, lines: string[]) => ['--=_r', `Content-Type: ${type}`, '', ...lines];
  return [
    'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.no>',
    'To: post@fjordvik.example',
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${action}.${messageId.slice(0, 12)}@mx.example.no>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_r"',
    '',
    'This is a MIME-encapsulated message.',
    '',
    ...part('text/plain; charset=us-ascii', [
      'I could not deliver your message.',
      `<${to}>: 550 ${status} no such user`,
      '',
    ]),
    ...part('message/delivery-status', [
      'Reporting-MTA: dns; mx.example.no',
      'Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0100',
      '',
      `Final-Recipient: rfc822; ${to}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; 550 ${status} <${to}> no such user`,
      '',
    ]),
    ...part('text/rfc822-headers', [
      'From: post@fjordvik.example',
      `To: ${to}`,
      `Message-ID: <${messageId}>`,
      '',
    ]),
    '--=_r--',
    '',
  ].join('\r\n');
}
