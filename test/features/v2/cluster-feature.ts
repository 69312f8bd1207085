import { expect } from 'chai';
import { startCamunda } from '../../helpers/camunda.js';
import type { Camunda } from '../../helpers/camunda.js';

describe('Feature: a Camunda client asks who serves it', () => {
  let camunda: Camunda;
  before(async () => {
    camunda = await startCamunda();
  });
  after(() => camunda.stop());

  it('is told of a healthy cluster that speaks version 8.8', async () => {
    const topology = await camunda.client('owner').getTopology();
    expect(topology.gatewayVersion).to.equal('8.8.0');
    expect(topology.brokers[0]!.partitions).to.deep.equal([
      { partitionId: 1, role: 'leader', health: 'healthy' },
    ]);
  });

  it('is told who it is, and which tenant it belongs to', async () => {
    const me = await camunda.client('caseworker').getAuthentication();
    expect(me).to.deep.include({
      username: 'caseworker',
      groups: ['VEI', 'VAR'],
      roles: ['caseworker'],
      tenants: [{ tenantId: '<default>', name: 'fjordvik' }],
    });
    const other = await camunda.client('owner@bispevik').getAuthentication();
    expect(other.tenants).to.deep.equal([{ tenantId: 'bispevik', name: 'bispevik' }]);
  });
});
