import { expect } from 'chai';
import { gridCell, metresBetween } from '../../src/inquiries/place.js';

describe('a place', () => {
  it('lies in one grid cell of about 280 metres', () => {
    expect(gridCell({ latitude: 59.2083, longitude: 10.9371 })).to.equal('59.2075,10.9350');
    expect(gridCell({ latitude: 59.2099, longitude: 10.9399 })).to.equal('59.2075,10.9350');
    expect(gridCell({ latitude: 59.21, longitude: 10.9371 })).to.equal('59.2100,10.9350');
    expect(gridCell({ latitude: 59.2075, longitude: 10.935 })).to.equal('59.2075,10.9350');
    expect(gridCell({ latitude: -0.001, longitude: 0 })).to.equal('-0.0025,0.0000');
  });

  it('is so many metres from another', () => {
    const oslo = { latitude: 59.9139, longitude: 10.7522 };
    const bergen = { latitude: 60.3913, longitude: 5.3221 };
    expect(metresBetween(oslo, bergen)).to.be.closeTo(305_000, 2_000);
    expect(metresBetween(oslo, oslo)).to.equal(0);
    expect(metresBetween(oslo, { ...oslo, latitude: 59.9148 })).to.be.closeTo(100, 1);
  });
});
