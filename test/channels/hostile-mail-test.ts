import { expect } from 'chai';
import { hostileMails } from '../helpers/hostile-mails.js';
import type { MailDoors } from '../helpers/mail-in.js';
import { rawMail, startMailApps } from '../helpers/mail-in.js';
import type { TwoApps } from '../helpers/two-apps.js';

const MEGABYTE = 1024 * 1024;

describe('200 hostile mails', function () {
  this.timeout(280_000);
  let apps: TwoApps;
  let doors: MailDoors;
  let stop: () => Promise<void>;

  before(async () => {
    ({ apps, doors, stop } = await startMailApps());
  });
  after(() => stop());

  it('are kept, noted or refused, none twice, and an ordinary mail among them is handled', async () => {
    const mails = hostileMails(200);
    const to = 'post@fjordvik.example';
    const before = process.memoryUsage().rss;
    const refused: string[] = [];
    for (const [at, { raw, kind }] of mails.entries()) {
      await doors.send({ from: `ond${at}@example.no`, to, raw }).catch(() => refused.push(kind));
      if (at === 100) {
        const ordinary = { From: 'Kari <kari@example.no>', Subject: 'Hull i veien' };
        await doors.send({ from: 'kari@example.no', to, raw: rawMail(ordinary, 'Et hull') });
        await apps.runDue();
      }
    }
    await apps.runDue();
    expect(refused).to.deep.equal(['beyond the limit']);
    const outcomes = await apps.db.query<{ outcome: string | null; count: number }>(
      'SELECT outcome, count(*)::int AS count FROM inbound_mail GROUP BY outcome ORDER BY outcome',
    );
    const kept = mails.filter(({ becomes }) => becomes === 'kept').length + 1;
    const noted = mails.filter(({ becomes }) => becomes === 'noted').length;
    const by = (outcome: string | null) =>
      outcomes.find((one) => one.outcome === outcome)?.count ?? 0;
    const inquiries = by('inquiry') + by('unreadable');
    expect({ inquiries, unhandled: by(null) }).to.deep.equal({
      inquiries: kept,
      unhandled: 0,
    });
    expect(by('loop') + by('automatic') + by('bounce')).to.equal(noted);
    const [row] = await apps.db.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM inquiry',
    );
    expect(row?.count).to.equal(kept);
    const answered = apps.mail.received.map(({ to: [one] }) => one ?? '');
    const citizens = answered.filter((one) => !one.endsWith('@fjordvik.example'));
    expect(new Set(citizens).size, 'nobody is answered twice').to.equal(citizens.length);
    const { body } = await apps
      .as('agent')
      .get('/api/inquiries?channel=email&limit=100')
      .expect(200);
    expect(body.items).to.have.lengthOf(100);
    expect(await apps.db.query('SELECT 1 FROM incident')).to.have.lengthOf(0);
    expect((process.memoryUsage().rss - before) / MEGABYTE).to.be.lessThan(1200);
  });
});
