import { expect } from 'chai';
import { activityKey, answersFor } from '../../../src/compose/replay/activity.js';

describe('A recorded activity', () => {
  it('is known by the code its name begins with, else by its whole name', () => {
    expect(activityKey('T07-1 Draft intern advice aspect 1')).to.equal('T07-1');
    expect(activityKey(' T10 Determine necessity ')).to.equal('T10');
    expect(activityKey('Confirmation of receipt')).to.equal('confirmation of receipt');
    expect(activityKey('T2x something')).to.equal('t2x something');
  });
});

describe('The answer given when an activity was finished', () => {
  it('says that a receipt was wrong when it was adjusted next', () => {
    expect(answersFor('T02', ['T06', 'T03', 'T02', 'T04'])).to.deep.equal({
      receiptCheck: 'adjust',
    });
    expect(answersFor('T02', ['T06', 'T04', 'T03'])).to.deep.equal({ receiptCheck: 'correct' });
    expect(answersFor('T04', ['T03', 'T02', 'T04'])).to.deep.equal({ receiptApproval: 'adjust' });
    expect(answersFor('T04', ['T10', 'T05'])).to.deep.equal({ receiptApproval: 'correct' });
  });

  it('asks for the advice that came before the next look, each kind once', () => {
    const later = ['T07-2', 'T02', 'T08', 'T09-4', 'T07-2', 'T06', 'T07-1', 'T10'];
    expect(answersFor('T06', later)).to.deep.equal({ advice: ['aspect-2', 'external'] });
    expect(answersFor('T06', ['T02', 'T10', 'T07-1'])).to.deep.equal({ advice: [] });
  });

  it('names the party whose statement came next', () => {
    expect(answersFor('T08', ['T05', 'T09-4'])).to.deep.equal({ adviceParty: 'party-4' });
    expect(answersFor('T08', ['T05'])).to.deep.equal({});
  });

  it('tells from what was written whether the case was held or needed no permit', () => {
    expect(answersFor('T10', ['T05', 'T11', 'T12'])).to.deep.equal({ hold: 'unlicensed' });
    expect(answersFor('T10', ['T16', 'T17'])).to.deep.equal({ hold: 'hold' });
    expect(answersFor('T12', ['T13', 'T12', 'T14'])).to.deep.equal({ letterCheck: 'adjust' });
    expect(answersFor('T17', ['T19'])).to.deep.equal({ reasonsCheck: 'correct' });
  });

  it('is the usual one where nothing follows, and none where nothing is asked', () => {
    expect(answersFor('T02', [])).to.deep.equal({ receiptCheck: 'correct' });
    expect(answersFor('T10', [])).to.deep.equal({ hold: 'none' });
    expect(answersFor('T05', ['T10'])).to.deep.equal({});
    expect(answersFor('constructor', [])).to.deep.equal({});
  });
});
