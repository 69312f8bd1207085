import { expect } from 'chai';
import { authenticateDemoUser } from '../../src/access/demo-users.js';
import { PERMISSIONS, can, demand } from '../../src/access/policy.js';
import type { Permission, Subject } from '../../src/access/policy.js';
import { groupsOf } from '../../src/access/principal.js';
import type { Principal } from '../../src/access/principal.js';
import { ForbiddenError } from '../../src/kernel/errors.js';

const LOGINS = ['agent', 'caseworker', 'manager', 'owner', 'admin'] as const;

function user(login: string): Principal {
  return authenticateDemoUser(login, 'demo')!;
}

function whoMay(permission: Permission, subject?: Subject): string {
  return LOGINS.filter((login) => can(user(login), permission, subject)).join(' ');
}

describe('policy', () => {
  it('opens each permission to exactly these roles', () => {
    const table = Object.fromEntries(PERMISSIONS.map((name) => [name, whoMay(name)]));
    const everyone = LOGINS.join(' ');
    expect(table).to.deep.equal({
      'self.read': everyone,
      'services.read': everyone,
      'inquiries.register': 'agent caseworker manager admin',
      'inquiries.read': 'agent caseworker manager admin',
      'content.read': 'agent caseworker manager admin',
      'dialogue.write': 'agent caseworker manager admin',
      'hooks.manage': 'admin',
      'contacts.read': 'agent admin',
      'chasers.read': 'manager owner admin',
      'tasks.read': everyone,
      'tasks.work': everyone,
      'tasks.complete': everyone,
      'tasks.assign': 'manager admin',
      'breaches.read': 'manager owner admin',
      'services.change': 'owner admin',
      'messageTexts.change': 'manager owner admin',
      'organisation.read': everyone,
      'organisation.change': 'manager admin',
      'organisation.reorganise': 'admin',
      'absences.change': everyone,
      'ownership.read': 'manager owner admin',
      'crises.read': everyone,
      'crises.lead': 'admin',
      'beats.report': 'caseworker manager admin',
      'holds.change': 'admin',
      'disposals.read': 'owner admin',
      'coverage.read': 'owner admin',
      'processes.read': everyone,
      'processes.deploy': 'owner admin',
      'instances.read': 'owner admin',
      'instances.control': 'owner admin',
      'incidents.read': 'owner admin',
      'incidents.resolve': 'owner admin',
      'messages.publish': 'owner admin',
      'jobs.work': 'admin',
      'registers.read': 'agent caseworker manager admin',
      'registers.lookUpPersons': 'agent caseworker manager',
      'inquiries.reroute': 'agent caseworker manager admin',
      'open311.manage': 'admin',
      'mailAddresses.manage': 'admin',
      'routing.read': 'manager owner admin',
      'routing.test': 'owner admin',
      'services.teach': 'owner admin',
      'deadlines.change': 'caseworker manager admin',
      'deadlines.rule': 'owner admin',
      'clock.move': 'admin',
    });
  });

  it('shows an inquiry to the front desk, to its unit and to who registered it', () => {
    expect(whoMay('inquiries.read', { unit: 'VEI' })).to.equal('agent caseworker manager admin');
    expect(whoMay('inquiries.read', { unit: 'OKO' })).to.equal('agent admin');
    expect(whoMay('inquiries.read', { unit: null })).to.equal('agent admin');
    expect(whoMay('inquiries.read', { unit: 'OKO', registeredBy: 'caseworker' })).to.equal(
      'agent caseworker admin',
    );
  });

  it('offers a task to its candidates: by unit, by role, by name, or to all when it names none', () => {
    expect(whoMay('tasks.work', { candidateGroups: ['VAR'] })).to.equal('caseworker manager');
    expect(whoMay('tasks.work', { candidateGroups: ['manager'] })).to.equal('manager');
    expect(whoMay('tasks.work', { candidateUsers: ['owner'] })).to.equal('owner');
    expect(whoMay('tasks.work', { candidateGroups: [], candidateUsers: [] })).to.equal(
      LOGINS.join(' '),
    );
  });

  it('lets only the assignee complete a task', () => {
    expect(whoMay('tasks.complete', { assignee: 'caseworker' })).to.equal('caseworker');
    expect(whoMay('tasks.complete', { assignee: null })).to.equal('');
  });

  it('lets managers hand out the tasks of their own units', () => {
    expect(whoMay('tasks.assign', { candidateGroups: ['VEI'] })).to.equal('manager admin');
    expect(whoMay('tasks.assign', { candidateGroups: ['OKO'] })).to.equal('admin');
  });

  it('shows managers the breaches of their own units', () => {
    expect(whoMay('breaches.read', { unit: 'VEI' })).to.equal('manager owner admin');
    expect(whoMay('breaches.read', { unit: 'OKO' })).to.equal('owner admin');
  });

  it('says which permission was missing', () => {
    expect(() => demand(user('agent'), 'processes.deploy'))
      .to.throw(ForbiddenError, 'processes.deploy')
      .with.property('code', 'forbidden');
    expect(() => demand(user('owner'), 'processes.deploy')).not.to.throw();
  });

  it('counts units and roles as the groups of a principal', () => {
    expect(groupsOf(user('manager'))).to.deep.equal(['VEI', 'VAR', 'manager']);
  });
});
