import pg from 'pg';
import type { Logger } from '../kernel/log.js';

type Hear = (payload: string) => void;

/** Hears what other connections say with NOTIFY. */
export interface Listener {
  /** Calls `hear` with each payload on `channel`; resolves to a function that ends it. */
  listen(channel: string, hear: Hear): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const RECONNECT_AFTER_MS = 1_000;

/**
 * One connection that listens on all channels, opened at first use and again whenever it is lost.
 * What is said meanwhile is not heard: a notification may hurry work, never be its only cause.
 */
export function createListener(config: pg.ClientConfig, log: Logger): Listener {
  const channels = new Map<string, Set<Hear>>();
  let client: Promise<pg.Client> | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const connect = async () => {
    const fresh = new pg.Client(config);
    fresh.on('error', (error) => log.warn('the listening connection was lost', { error }));
    fresh.on('notification', ({ channel, payload = '' }) => {
      for (const hear of channels.get(channel) ?? []) hear(payload);
    });
    await fresh.connect();
    fresh.on('end', reconnectLater);
    for (const channel of channels.keys()) await fresh.query(`LISTEN ${channel}`);
    return fresh;
  };
  const connected = () => {
    client ??= connect().catch((error: unknown) => {
      client = undefined;
      throw error;
    });
    return client;
  };
  const reconnectLater = () => {
    client = undefined;
    if (closed) return;
    timer = setTimeout(() => void connected().catch(reconnectLater), RECONNECT_AFTER_MS).unref();
  };

  return {
    listen: async (channel, hear) => {
      if (!/^[a-z_][a-z0-9_]*$/.test(channel)) throw new TypeError(`not a channel: ${channel}`);
      const hearers = channels.get(channel) ?? new Set();
      channels.set(channel, hearers.add(hear));
      await (await connected()).query(`LISTEN ${channel}`);
      return async () => {
        hearers.delete(hear);
        if (hearers.size > 0 || closed) return;
        channels.delete(channel);
        await (await client)?.query(`UNLISTEN ${channel}`);
      };
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      const open = await client?.catch(() => undefined);
      await open?.end();
    },
  };
}
