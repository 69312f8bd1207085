import { expect } from 'chai';
import { wordsFor } from '../../src/inquiries/event-words.js';
import { readHistory } from '../../src/inquiries/history.js';
import { STATUSES } from '../../src/inquiries/inquiry.js';
import { bpmn, callActivity, end, flows, serviceTask, start, userTask } from '../helpers/bpmn.js';
import type { CaseBench } from '../helpers/cases.js';
import { caseProcess, inputs, openCases } from '../helpers/cases.js';
import { HOUR } from '../helpers/engine.js';

const milestone = (nb: string, en: string) =>
  `<zeebe:properties><zeebe:property name="milestone.nb" value="${nb}"/><zeebe:property name="milestone.en" value="${en}"/></zeebe:properties>`;

describe("a case's story", () => {
  let cases: CaseBench;

  before(async () => {
    cases = await openCases();
    await cases.deploy(
      [
        'called.bpmn',
        bpmn(
          'called',
          start +
            userTask('work', milestone('Vi arbeider', 'We are working')) +
            end +
            flows('start work end'),
        ),
      ],
      caseProcess(
        start +
          serviceTask('busy', 'set-status', inputs({ status: 'inProgress' })) +
          callActivity('call', 'called') +
          serviceTask('tell', 'notify', inputs({ template: 'answered', recipient: 'party' })) +
          serviceTask('inside', 'remind', inputs({ recipient: 'unit' })) +
          serviceTask('close', 'close', inputs({ outcome: 'completed' })) +
          end +
          flows('start busy call tell inside close end'),
      ),
    );
  });

  after(() => cases.stop());

  it('is told in order, in both languages, across called processes', async () => {
    const inquiry = await cases.register({ party: { email: 'test@example.no' } });
    cases.clock.advance(HOUR);
    await cases.complete('work');
    const history = await readHistory(cases.db, 'fjordvik', inquiry, (...args) =>
      cases.engine().model(...args),
    );
    expect(history.map(({ nb }) => nb)).to.deep.equal([
      'Henvendelsen er mottatt',
      'Status: under behandling',
      'Vi arbeider',
      'Svar er sendt',
      'Saken er avsluttet: utført',
    ]);
    expect(history.map(({ en }) => en)).to.deep.equal([
      'The inquiry was received',
      'Status: in progress',
      'We are working',
      'An answer was sent',
      'The case is closed: completed',
    ]);
    const times = history.map(({ at }) => at);
    expect(times).to.deep.equal([...times].sort());
    expect(history[0]?.by).to.equal('agent');
  });

  it('calls units by their names', () => {
    const names = new Map([['VAR', { nb: 'Vann og avløp', en: 'Water' }]]);
    expect(wordsFor('inquiry.routed', { unit: 'VAR' }, names)).to.deep.equal({
      nb: 'Henvendelsen er fordelt til Vann og avløp',
      en: 'The inquiry was given to Water',
    });
    expect(wordsFor('inquiry.routed', { unit: 'GONE' }, names)?.nb).to.include('GONE');
  });

  it('has words for every status, and none for what is no news', () => {
    for (const to of STATUSES) {
      const words = wordsFor('inquiry.status', { from: 'received', to });
      expect(words?.nb, to).to.be.a('string');
      expect(words?.en, to).to.be.a('string');
    }
    expect(wordsFor('inquiry.notified', { template: 'assigned', recipient: 'unit' })).to.equal(
      undefined,
    );
    expect(wordsFor('inquiry.unheard-of', {})).to.equal(undefined);
  });
});
