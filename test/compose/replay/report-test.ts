import { expect } from 'chai';
import { countDeviations, makeReport, reportLines } from '../../../src/compose/replay/report.js';
import type { Deviation } from '../../../src/compose/replay/report.js';

const PRODUCT = {
  escalations: 3,
  closed: 4,
  closedLate: 2,
  stillOpen: 1,
  openLate: 1,
  incidents: 0,
};

function deviation(line: number, changes: Partial<Deviation> = {}): Deviation {
  const at = new Date('2024-03-01T10:00:00Z');
  return { caseId: 'c1', line, activity: 'T06 Decide', at, reason: 'afterClosing', ...changes };
}

describe('The report of a replay', () => {
  const deviations = [
    deviation(7, { reason: 'notOffered', caseId: 'c2' }),
    deviation(8),
    deviation(9),
    deviation(11, { activity: 'T02 Check' }),
  ];
  const report = makeReport({ cases: 5, activities: 30, tasks: 26, deviations }, PRODUCT);

  it('counts a case with several deviations once', () => {
    expect(report.conforming).to.equal(3);
    expect(report).to.include({ ...PRODUCT, cases: 5, activities: 30, tasks: 26 });
  });

  it('counts deviations by activity and reason, most first', () => {
    expect(countDeviations(deviations)).to.deep.equal([
      { activity: 'T06 Decide', reason: 'afterClosing', count: 2 },
      { activity: 'T02 Check', reason: 'afterClosing', count: 1 },
      { activity: 'T06 Decide', reason: 'notOffered', count: 1 },
    ]);
  });

  it('prints the figures and lists every deviation', () => {
    const lines = reportLines(report);
    expect(lines).to.include('Closed after their deadline       2 of 4');
    expect(lines).to.include('Still open                        1');
    expect(lines).to.include('Cases that follow the model       3 of 5 (60.0 %)');
    expect(lines).to.include('      2 × T06 Decide, after the case was closed');
    expect(lines.at(-1)).to.equal(
      '  line 11: c1, T02 Check, 2024-03-01T10:00:00.000Z: after the case was closed',
    );
  });

  it('lists nothing when every case follows the model', () => {
    const clean = makeReport({ cases: 1, activities: 2, tasks: 2, deviations: [] }, PRODUCT);
    expect(reportLines(clean).at(-1)).to.equal('Deviations                        0');
  });
});
