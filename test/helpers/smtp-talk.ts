import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A conversation with a mail server, line by line, as no well-behaved client would have it. */
export interface SmtpTalk {
  /** Says a line and resolves to the code of the answer. */
  say(line: string): Promise<number>;
  /** Writes bytes that are not answered, as fast as they are taken. */
  pour(bytes: string | Buffer): Promise<void>;
  /** Everything the server has said. */
  heard(): string;
  end(): void;
}

/** Connects, and resolves with the code of the greeting. */
export async function talkSmtp(port: number): Promise<SmtpTalk & { greeting: number }> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => (heard += text));
  let read = 0;
  const answer = async (): Promise<number> => {
    for (;;) {
      const found = /^(\d{3})(?: .*)?\r\n/m.exec(heard.slice(read));
      if (found) {
        read += found.index + found[0].length;
        return Number(found[1]);
      }
      await more(socket);
    }
  };
  return {
    greeting: await answer(),
    say: (line) => {
      socket.write(`${line}\r\n`);
      return answer();
    },
    pour: async (bytes) => {
      if (!socket.write(bytes)) await once(socket, 'drain');
    },
    heard: () => heard,
    end: () => socket.destroy(),
  };
}

async function more(socket: Socket): Promise<void> {
  if (socket.readableEnded || socket.destroyed) throw new Error('the server hung up');
  const over = new AbortController();
  const either = ['data', 'close'].map((event) => once(socket, event, { signal: over.signal }));
  await Promise.race(either);
  over.abort();
  await Promise.allSettled(either);
}
