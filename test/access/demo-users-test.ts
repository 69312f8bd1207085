import { expect } from 'chai';
import { DEMO_USERS, authenticateDemoUser } from '../../src/access/demo-users.js';

describe('demo users', () => {
  it('know one password, in both municipalities', () => {
    expect(authenticateDemoUser('caseworker', 'demo')).to.include({
      tenant: 'fjordvik',
      username: 'caseworker',
    });
    expect(authenticateDemoUser('caseworker@bispevik', 'demo')).to.include({
      tenant: 'bispevik',
      username: 'caseworker@bispevik',
    });
  });

  for (const [username, password] of [
    ['caseworker', 'Demo'],
    ['caseworker', ''],
    ['nobody', 'demo'],
    ['caseworker@elsewhere', 'demo'],
    ['', ''],
  ] as const) {
    it(`refuse '${username}' with '${password}'`, () => {
      expect(authenticateDemoUser(username, password)).to.equal(undefined);
    });
  }

  it('have logins that differ', () => {
    expect(new Set(DEMO_USERS.map(({ username }) => username)).size).to.equal(14);
  });
});
