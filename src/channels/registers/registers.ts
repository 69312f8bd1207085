import type { Clock } from '../../kernel/clock.js';
import type { Logger } from '../../kernel/log.js';
import { addressAdapter } from './addresses.js';
import type { Address, AddressQuery } from './addresses.js';
import { askHttp } from './ask-http.js';
import { contactPreferenceAdapter } from './contact-preferences.js';
import type { ContactPreference, ContactPreferenceQuery } from './contact-preferences.js';
import type { RegisterName } from './made-up.js';
import { madeUpAnswer } from './made-up.js';
import { organisationAdapter } from './organisations.js';
import type { Organisation, OrganisationQuery } from './organisations.js';
import { propertyAdapter } from './properties.js';
import type { Property, PropertyQuery } from './properties.js';
import { createRegister } from './register.js';
import type { Ask, Register } from './register.js';

/** The registers of others that the desk looks things up in. */
export interface Registers {
  readonly addresses: Register<AddressQuery, Address>;
  readonly organisations: Register<OrganisationQuery, Organisation>;
  readonly properties: Register<PropertyQuery, Property>;
  readonly contactPreferences: Register<ContactPreferenceQuery, ContactPreference>;
  stop(): void;
}

interface RegistersOptions {
  /** Where each register answers; one without an address has made-up data. */
  readonly addresses: Readonly<Record<RegisterName, string | undefined>>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly timeoutMs?: number;
  readonly restMs?: number;
}

export function createRegisters(options: RegistersOptions): Registers {
  const { addresses, timeoutMs, ...rest } = options;
  const settings = (name: RegisterName) => {
    const address = addresses[name];
    const madeUp: Ask = (question) => Promise.resolve(madeUpAnswer(name, question));
    const ask = address === undefined ? madeUp : askHttp(address, timeoutMs);
    return { ...rest, ask, madeUp: address === undefined };
  };
  const all = {
    addresses: createRegister(addressAdapter, settings('addresses')),
    organisations: createRegister(organisationAdapter, settings('organisations')),
    properties: createRegister(propertyAdapter, settings('properties')),
    contactPreferences: createRegister(contactPreferenceAdapter, settings('contactPreferences')),
  };
  const stop = () => {
    for (const register of Object.values(all)) register.stop();
  };
  return { ...all, stop };
}
