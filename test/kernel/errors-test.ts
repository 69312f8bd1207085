import { expect } from 'chai';
import {
  AppError,
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '../../src/kernel/errors.js';

describe('errors', () => {
  for (const Kind of [
    ConflictError,
    ForbiddenError,
    NotFoundError,
    UnauthenticatedError,
    UnavailableError,
  ]) {
    it(`${Kind.name} carries code, message, details and cause`, () => {
      const cause = new Error('deeper');
      const error = new Kind('task_taken', 'The task is taken.', { details: { by: '7' }, cause });
      expect(error).to.be.instanceOf(AppError).and.instanceOf(Error);
      expect(error).to.include({
        name: Kind.name,
        code: 'task_taken',
        message: 'The task is taken.',
        cause,
      });
      expect(error.details).to.deep.equal({ by: '7' });
    });
  }

  it('needs neither details nor cause', () => {
    const error = new NotFoundError('task_not_found', 'There is no such task.');
    expect(error.details).to.equal(undefined);
    expect('cause' in error).to.equal(false);
  });

  it('lists every reason of an invalid input', () => {
    const details = [
      { elementId: 'Task_1', elementName: 'Svar', reason: 'has no type' },
      { path: '/variables/0', reason: 'is not a number' },
    ];
    const error = new InvalidError('model_refused', 'The model cannot run.', { details });
    expect(error.details).to.deep.equal(details);
    expect(new InvalidError('empty', 'Empty.').details).to.deep.equal([]);
  });
});
