import { UnavailableError } from '../kernel/errors.js';

/** The server knows the address and takes no mail for it, now or later. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

export function isAddressRefused(error: unknown): error is AddressRefused {
  return error instanceof AddressRefused;
}

/**
 * A failure to send, in words that may be stored and logged: what a server says quotes the address it
 * refuses, so nothing of it is kept but its number.
 */
export function mailFailure(error: unknown): AddressRefused | UnavailableError {
  const code = field(error, 'code');
  const response = field(error, 'responseCode');
  const told = [code, response].filter(Boolean).join(' ');
  if (code === 'EENVELOPE' && response.startsWith('5')) {
    return new AddressRefused(`the mail server refuses the address (${told})`);
  }
  return new UnavailableError('mail_not_sent', `The mail server did not take the mail (${told}).`);
}

function field(error: unknown, name: string): string {
  const value = error instanceof Error ? (error as unknown as Record<string, unknown>)[name] : '';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
