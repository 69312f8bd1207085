import { expect } from 'chai';
import type { Register } from '../../src/channels/registers/register.js';
import type { Registers } from '../../src/channels/registers/registers.js';
import { createRegisters } from '../../src/channels/registers/registers.js';
import { movableClock } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/kernel/log.js';
import type { Mood, RegisterServer } from '../helpers/register-server.js';
import { startRegisterServer } from '../helpers/register-server.js';

const HOUR = 3_600_000;

/** What every adapter must do, whichever register it is for. */
interface Contract {
  name: keyof Omit<Registers, 'stop'>;
  known: object;
  unknown: object;
  /** Some of what is found. */
  finds: object;
  keeps: boolean;
}

const CONTRACTS: readonly Contract[] = [
  {
    name: 'addresses',
    known: { words: 'Storgata 1' },
    unknown: { words: 'Ukjentveien' },
    finds: { text: 'Storgata 1', cadastre: '12/31', municipality: '9901', longitude: 10.93 },
    keeps: true,
  },
  {
    name: 'organisations',
    known: { number: '123456785' },
    unknown: { name: 'Ingen' },
    finds: { name: 'FJORDVIK HÅNDBALLKLUBB', form: 'FLI', bankrupt: false, deletedOn: null },
    keeps: true,
  },
  {
    name: 'properties',
    known: { farm: 12, title: 31 },
    unknown: { farm: 1, title: 1 },
    finds: { cadastre: '12/31', collectionDay: 2, yearlyFees: 4200 },
    keeps: true,
  },
  {
    name: 'contactPreferences',
    known: { personNumber: '41819045079' },
    unknown: { personNumber: '41819045070' },
    finds: { status: 'AKTIV', reserved: false, mayBeNotified: true, channel: 'digital' },
    keeps: false,
  },
];

describe('the registers of others', () => {
  let outside: RegisterServer;
  let registers: Registers;
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const open = (timeoutMs: number) =>
    createRegisters({
      addresses: outside.addresses,
      clock,
      log: createLogger({ level: 'silent' }),
      timeoutMs,
      restMs: 60_000,
    });

  beforeEach(async () => {
    outside = await startRegisterServer();
    registers = open(2000);
  });

  afterEach(async () => {
    registers.stop();
    await outside.stop();
  });

  for (const { name, known, unknown, finds, keeps } of CONTRACTS) {
    describe(`the adapter of ${name}`, () => {
      const register = () => registers[name] as Register<object, object>;

      it('asks over HTTP and tells what was found in our words', async () => {
        const answer = await register().look(known);
        expect(answer).to.include({ degraded: false, ageSeconds: 0, madeUp: false });
        expect(answer.found[0]).to.include(finds);
      });

      it('knows when the register knows nothing', async () => {
        const { found, degraded } = await register().look(unknown);
        expect(degraded).to.equal(false);
        if (keeps) expect(found).to.deep.equal([]);
        else expect(found[0]).to.include({ status: 'IKKE_REGISTRERT', channel: 'paper' });
        outside.mood = 'gone';
        expect((await register().look({ ...unknown, ...known })).found).to.deep.equal([]);
      });

      it(keeps ? 'keeps an answer for a while' : 'keeps nothing about a person', async () => {
        await register().look(known);
        await register().look(known);
        expect(outside.asked).to.have.length(keeps ? 1 : 2);
        expect(outside.asked.join()).not.to.contain('41819045079');
      });

      for (const mood of ['failing', 'silent', 'garbled'] as const satisfies readonly Mood[]) {
        it(`goes on when the register is ${mood}`, async () => {
          const impatient = open(100);
          try {
            const asked = impatient[name] as Register<object, object>;
            await asked.look(known);
            clock.advance(48 * HOUR);
            outside.mood = mood;
            const answer = await asked.look(known);
            expect(answer.degraded).to.equal(true);
            expect(answer.ageSeconds).to.equal(keeps ? 48 * 3600 : null);
            expect(answer.found).to.have.length(keeps ? 1 : 0);
          } finally {
            impatient.stop();
          }
        });
      }

      it('leaves a register alone that fails again and again', async () => {
        outside.mood = 'failing';
        for (let time = 0; time < 20; time += 1) await register().look(known);
        expect(outside.asked.length).to.be.lessThan(10);
      });
    });
  }

  it('say that their data are made up where no register has been set up', async () => {
    const none = Object.fromEntries(
      Object.keys(outside.addresses).map((name) => [name, undefined]),
    );
    const demo = createRegisters({
      addresses: none as Record<keyof typeof outside.addresses, undefined>,
      clock,
      log: createLogger({ level: 'silent' }),
    });
    const answer = await demo.organisations.look({ name: 'håndball' });
    expect(answer).to.include({ madeUp: true, degraded: false });
    expect(answer.found).to.have.length(1);
    demo.stop();
  });

  it('find addresses around a point', async () => {
    const near = { latitude: 59.211, longitude: 10.93, radius: 500 };
    expect((await registers.addresses.look(near)).found).to.have.length(4);
    expect(outside.asked[0]).to.contain('/addresses/punktsok?lat=59.211');
  });
});
