import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';

/** A key and a certificate that nobody but who is told to trusts, both in PEM. */
export interface SelfSigned {
  key: string;
  cert: string;
}

/** Makes a certificate for one DNS name, valid from yesterday for a month (RFC 5280 §4.1). */
export function selfSigned(host: string, now = new Date()): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid(COMMON_NAME), der(UTF8, Buffer.from(host)))));
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  // An octet string of GeneralNames, whose choice 2 is a DNS name.
  const names = der(OCTETS, sequence(der(0x82, Buffer.from(host))));
  const body = sequence(
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(time(now, -1), time(now, 30)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid(SUBJECT_ALT_NAME), names))),
  );
  const signature = createSign('sha256').update(body).sign(privateKey);
  const signed = der(BITS, Buffer.concat([Buffer.from([0]), signature]));
  const base64 = sequence(body, algorithm, signed).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

const [INTEGER, BITS, OCTETS, OID, UTF8, SEQUENCE, SET, TIME] = [
  0x02, 0x03, 0x04, 0x06, 0x0c, 0x30, 0x31, 0x18,
] as const;
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const bytes = length < 128 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(SEQUENCE, Buffer.concat(parts));
}

function set(part: Buffer): Buffer {
  return der(SET, part);
}

function oid(hex: string): Buffer {
  return der(OID, Buffer.from(hex, 'hex'));
}

function time(now: Date, days: number): Buffer {
  const at = new Date(now.getTime() + days * 86_400_000).toISOString();
  return der(TIME, Buffer.from(`${at.slice(0, 19).replace(/\D/g, '')}Z`));
}
