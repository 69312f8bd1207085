import { expect } from 'chai';
import { problemOf } from '../../src/http/problem.js';
import {
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '../../src/kernel/errors.js';

describe('problem', () => {
  for (const [error, status, title] of [
    [new InvalidError('a', 'A.'), 400, 'Bad Request'],
    [new UnauthenticatedError('a', 'A.'), 401, 'Unauthorized'],
    [new ForbiddenError('a', 'A.'), 403, 'Forbidden'],
    [new NotFoundError('a', 'A.'), 404, 'Not Found'],
    [new ConflictError('a', 'A.'), 409, 'Conflict'],
    [new UnavailableError('a', 'A.'), 503, 'Service Unavailable'],
    [new InvalidError('body_too_large', 'A.'), 413, 'Payload Too Large'],
  ] as const) {
    it(`${error.name} '${error.code}' is ${status}`, () => {
      expect(problemOf(error)).to.deep.equal({
        type: 'about:blank',
        title,
        status,
        detail: 'A.',
        code: error.code,
      });
    });
  }

  it('lists the reasons of a refusal as errors, and other details as details', () => {
    const errors = [{ path: 'body.text', reason: 'is missing' }];
    expect(problemOf(new InvalidError('a', 'A.', { details: errors }))).to.deep.include({ errors });
    expect(problemOf(new ConflictError('a', 'A.', { details: { by: 'x' } }))).to.deep.include({
      details: { by: 'x' },
    });
  });

  it('tells nothing of a bug, which may quote a row', () => {
    const { status, code, detail } = problemOf(new TypeError('Kari Nordmann is undefined'));
    expect({ status, code }).to.deep.equal({ status: 500, code: 'internal_error' });
    expect(detail).not.to.contain('Kari');
  });
});
