import type { AddressInfo } from 'node:net';
import type { ParsedMail } from 'mailparser';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string;
  /** The envelope's recipients: where it really goes. */
  to: string[];
  mail: ParsedMail;
}

/** A real mail server on this machine that keeps what it is given. */
export interface SmtpSink {
  url: string;
  received: ReceivedMail[];
  /** How the next mails are answered: as many as there are codes, then normally again. */
  refusals: { at: 'recipient' | 'data'; code: number; message: string }[];
  stop(): Promise<void>;
}

interface SmtpSinkOptions {
  port?: number;
  /** How long a mail has been taken before the sender is told so; at once by default. */
  answerAfterMs?: () => number;
}

export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const { port = 0, answerAfterMs } = options;
  const received: ReceivedMail[] = [];
  const refusals: SmtpSink['refusals'] = [];
  const refusalAt = (at: 'recipient' | 'data'): Error | null => {
    const [next] = refusals;
    if (next?.at !== at) return null;
    refusals.shift();
    return Object.assign(new Error(next.message), { responseCode: next.code });
  };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) => done(refusalAt('recipient')),
    onData: (stream, session, done) => {
      const from = session.envelope.mailFrom;
      const to = session.envelope.rcptTo.map(({ address }) => address);
      simpleParser(stream).then(
        (mail) => {
          const refusal = refusalAt('data');
          if (!refusal) received.push({ from: from ? from.address : '', to, mail });
          if (answerAfterMs) setTimeout(() => done(refusal), answerAfterMs());
          else done(refusal);
        },
        (error: unknown) => done(error as Error),
      );
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A client that goes away in the middle is its own affair.
  server.on('error', () => undefined);
  const address = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    refusals,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
