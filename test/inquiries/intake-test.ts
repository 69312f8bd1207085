import { expect } from 'chai';
import { readEvents } from '../../src/db/events.js';
import { readContent, readPersonalAnswers } from '../../src/inquiries/content.js';
import type { InquiryDraft } from '../../src/inquiries/draft.js';
import { getInquiryByReference, insertInquiry } from '../../src/inquiries/inquiries.js';
import { createIntake } from '../../src/inquiries/intake.js';
import { InvalidError, NotFoundError } from '../../src/kernel/errors.js';
import { partyOfInquiry } from '../../src/people/parties.js';
import type { DomainFixture } from '../helpers/domain.js';
import { MONDAY, openDomain, saveForm } from '../helpers/domain.js';

const full: Partial<InquiryDraft> = {
  party: { name: 'Test Person', phone: '+4799999999', email: 'test@example.no' },
  subject: 'Dunk',
  text: '  Dunken er knust\nHilsen Test ',
  ownWords: false,
  location: { address: 'Storgata 1', latitude: 59.2083, longitude: 10.9371 },
};

describe('registering an inquiry', () => {
  let domain: DomainFixture;

  before(async () => {
    domain = await openDomain({ districtOf: () => 'sentrum' });
    await saveForm(domain.db, 'fjordvik', {
      id: 'bin-order-intake',
      components: [
        {
          type: 'radio',
          key: 'reason',
          values: [{ value: 'broken' }],
          validate: { required: true },
        },
        { type: 'number', key: 'litres' },
        { type: 'textfield', key: 'property', properties: { personal: 'true' } },
      ],
    });
  });

  beforeEach(() => {
    domain.started.length = 0;
  });

  async function reasons(draft: Record<string, unknown>) {
    const error: unknown = await domain
      .register(draft as Partial<InquiryDraft>)
      .catch((refused: unknown) => refused);
    expect(error).to.be.instanceOf(InvalidError).with.property('code', 'inquiry_invalid');
    return (error as InvalidError).details.map(({ path }) => path ?? '');
  }

  it('writes three stores: the facts know nobody', async () => {
    const { inquiry } = await domain.register(full);
    expect(inquiry).to.deep.include({
      service: 'DUNK',
      channel: 'phone',
      status: 'received',
      district: 'sentrum',
      gridCell: '59.2075,10.9350',
      ownWords: false,
      identified: true,
      receivedAt: MONDAY,
      registeredBy: 'agent',
      unit: null,
    });
    expect(JSON.stringify(inquiry)).to.not.match(/Test|9999|example|Storgata|knust/);
    expect(await readContent(domain.db, 'fjordvik', inquiry.id)).to.deep.equal({
      subject: 'Dunk',
      text: '  Dunken er knust\nHilsen Test ',
      address: 'Storgata 1',
      latitude: 59.2083,
      longitude: 10.9371,
      scrubbedAt: null,
    });
    expect(await partyOfInquiry(domain.db, 'fjordvik', inquiry.id)).to.deep.include({
      name: 'Test Person',
      email: 'test@example.no',
    });
    const [event] = await readEvents(domain.db, 'fjordvik', { type: 'inquiry', id: inquiry.id });
    expect(event).to.deep.include({
      kind: 'inquiry.registered',
      actor: 'agent',
      data: { service: 'DUNK', channel: 'phone' },
    });
  });

  it('counts both deadlines from receipt', async () => {
    const { inquiry } = await domain.register({ ...full, receivedAt: '2026-02-27T15:30:00+01:00' });
    expect(inquiry.receivedAt.toISOString()).to.equal('2026-02-27T14:30:00.000Z');
    expect(inquiry.expectedBy.toISOString()).to.equal('2026-03-13T22:59:59.999Z');
    expect(inquiry.statutoryBy?.toISOString()).to.equal('2026-03-27T22:59:59.999Z');
    const own = await domain.register({ ...full, expectedBy: '2026-03-04' });
    expect(own.inquiry.expectedBy.toISOString()).to.equal('2026-03-04T22:59:59.999Z');
  });

  it('starts the intake process with person-free variables', async () => {
    const { inquiry } = await domain.register({
      ...full,
      answers: { reason: 'broken', litres: 140, property: '12/34' },
    });
    expect(domain.started).to.have.length(1);
    const [{ processId, variables, instanceId, by }] = domain.started as [never];
    expect({ processId, instanceId, by }).to.deep.equal({
      processId: 'inquiry-after-1',
      instanceId: inquiry.instanceId,
      by: 'agent',
    });
    expect(variables).to.deep.equal({
      inquiryId: inquiry.id,
      reference: inquiry.reference,
      service: 'DUNK',
      serviceProcess: 'bin-order-after',
      channel: 'phone',
      received: '2026-03-02T08:00:00.000Z',
      expectedBy: '2026-03-16T22:59:59.999Z',
      // A month later is Maundy Thursday; the first working day is after Easter.
      statutoryBy: '2026-04-07T21:59:59.999Z',
      ownWords: false,
      identified: true,
      dataClass: 'P2',
      complete: true,
      district: 'sentrum',
      unit: null,
      firstLine: false,
      answeredBy: 'unit',
      retention: 'P24M',
      archiveRule: 'none',
      reason: 'broken',
      litres: 140,
    });
    const personal = await readPersonalAnswers(domain.db, 'fjordvik', inquiry.id);
    expect(personal.map(({ answers }) => answers)).to.deep.equal([{ property: '12/34' }]);
  });

  it('takes an anonymous one, and one that nobody has classified or described yet', async () => {
    const anonymous = await domain.register({ party: null });
    expect(anonymous.inquiry.identified).to.equal(false);
    expect(domain.started[0]?.variables['complete']).to.equal(true);
    const unclear = await domain.register({ service: '', text: ' ' });
    expect(unclear.inquiry).to.deep.include({ service: 'TILBAKEM', statutoryBy: null });
    expect(domain.started[1]?.variables['complete']).to.equal(false);
  });

  it('knows whose words they are from the channel, unless told', async () => {
    const of = async (draft: Partial<InquiryDraft>) =>
      (await domain.register(draft)).inquiry.ownWords;
    expect(await of({ channel: 'visit' })).to.equal(false);
    expect(await of({ channel: 'letter' })).to.equal(true);
    expect(await of({ channel: 'phone', ownWords: true })).to.equal(true);
  });

  it('tells of somebody who may be registered twice', async () => {
    await domain.register({ party: { name: 'Anne', phone: '22222222' } });
    const { lookalikes } = await domain.register({ party: { name: 'Arne', phone: '22222222' } });
    expect(lookalikes).to.equal(1);
  });

  it('refuses with every reason at once, and writes nothing', async () => {
    const count = async () => (await domain.db.query('SELECT 1 FROM inquiry')).length;
    const before = await count();
    expect(
      await reasons({
        service: 'UFO',
        party: { phone: '1', email: 'x' },
        receivedAt: '2027-01-01T00:00:00Z',
      }),
    ).to.have.members(['service', 'party.phone', 'party.email', 'receivedAt']);
    expect(
      await reasons({
        channel: 'telepathy',
        text: 7,
        subject: 'a\0b',
        surprise: true,
        location: { latitude: 59 },
        expectedBy: 'soon',
      }),
    ).to.have.members(['channel', 'text', 'subject', 'surprise', 'location', 'expectedBy']);
    expect(await reasons({ answers: { reason: 'other', stranger: 1 } })).to.have.members([
      'answers.reason',
      'answers.stranger',
    ]);
    expect(await reasons({ channel: 'form', answers: { litres: 80 } })).to.deep.equal([
      'answers.reason',
    ]);
    expect(await count()).to.equal(before);
    expect(domain.started).to.be.empty;
  });

  it('is found by its reference, in its own municipality only', async () => {
    const { inquiry } = await domain.register(full);
    const typed = inquiry.reference.toLowerCase().replaceAll('-', ' ');
    expect(await getInquiryByReference(domain.db, 'fjordvik', typed)).to.deep.equal(inquiry);
    for (const [tenant, reference] of [
      ['bispevik', inquiry.reference],
      ['fjordvik', '26-0000-0000'],
      ['fjordvik', 'nonsense'],
    ] as const) {
      const error: unknown = await getInquiryByReference(domain.db, tenant, reference).catch(
        (refused: unknown) => refused,
      );
      expect(error).to.be.instanceOf(NotFoundError);
    }
  });

  it('never gives two inquiries of one municipality the same reference', async () => {
    const { inquiry } = await domain.register(full);
    const twin = { ...inquiry, id: domain.newId() };
    expect(await insertInquiry(domain.db, 'fjordvik', twin)).to.equal(false);
    expect(await insertInquiry(domain.db, 'bispevik', twin)).to.equal(true);
  });

  it('writes nothing when the process does not start', async () => {
    const count = async () => (await domain.db.query('SELECT 1 FROM party')).length;
    const before = await count();
    const failing = await openFailing();
    expect(failing).to.equal('no such process');
    expect(await count()).to.equal(before);
  });

  async function openFailing(): Promise<string> {
    const register = createIntake({
      clock: domain.clock,
      newId: domain.newId,
      engine: {
        start: () => Promise.reject(new Error('no such process')),
      },
      intakeProcess: 'none',
      unclassifiedService: 'TILBAKEM',
    });
    const draft: InquiryDraft = {
      channel: 'phone',
      service: 'DUNK',
      party: { name: 'New', phone: '33333333' },
    };
    return domain.db
      .inTransaction((tx) => register(tx, 'fjordvik', draft, 'agent'))
      .then(() => 'started')
      .catch((error: unknown) => (error as Error).message);
  }
});
