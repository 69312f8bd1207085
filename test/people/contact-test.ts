import { expect } from 'chai';
import { nameKey, normaliseEmail, normalisePhone } from '../../src/people/contact.js';

describe('contact data', () => {
  it('brings Norwegian phone numbers into one spelling', () => {
    for (const typed of [
      '99999999',
      '999 99 999',
      '+47 99 99 99 99',
      '0047 99999999',
      '999-99-999',
    ])
      expect(normalisePhone(typed), typed).to.equal('+4799999999');
    expect(normalisePhone(' (02) 800 ')).to.equal('+4702800');
  });

  it('keeps foreign numbers', () => {
    expect(normalisePhone('+46 (0)70-123 45 67')).to.equal('+460701234567');
    expect(normalisePhone('0044 20 7946 0958')).to.equal('+442079460958');
  });

  it('refuses what no telephone has', () => {
    for (const typed of [
      '',
      '123',
      '+47 1234',
      '9999999a',
      '+4712345678',
      'ring meg',
      '+0123456789',
    ])
      expect(normalisePhone(typed), typed).to.equal(undefined);
  });

  it('brings e-mail addresses into one spelling', () => {
    expect(normaliseEmail('  Test@Example.NO ')).to.equal('test@example.no');
    expect(normaliseEmail('ola.nordmann+dunk@post.kommune.no')).to.equal(
      'ola.nordmann+dunk@post.kommune.no',
    );
    expect(normaliseEmail('bjørn@blåbær.no')).to.equal('bjørn@blåbær.no');
  });

  it('refuses what no mail server takes, and what would smuggle in another recipient', () => {
    const wrong = [
      '',
      'test',
      'test@',
      '@example.no',
      'test@example',
      'a b@example.no',
      'test@example.no, other@example.no',
      'test@example.no\r\nBcc: other@example.no',
      '<test@example.no>',
      'test@-example.no',
      'a..b@example.no',
      `${'a'.repeat(65)}@example.no`,
      `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.no`,
    ];
    for (const typed of wrong) expect(normaliseEmail(typed), typed).to.equal(undefined);
  });

  it('refuses a long nonsense address at once', () => {
    const started = performance.now();
    expect(normaliseEmail(`${'a.'.repeat(50_000)}@`)).to.equal(undefined);
    expect(performance.now() - started).to.be.below(200);
  });

  it('compares names without case and surplus spaces', () => {
    expect(nameKey('  ÅSE  Ødegård ')).to.equal(nameKey('Åse ødegård'));
    expect(nameKey(undefined)).to.equal('');
    expect(nameKey('Åse')).to.equal(nameKey('A\u030Ase'));
  });
});
