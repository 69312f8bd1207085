import { expect } from 'chai';
import { CONFIG_VARIABLES, readConfig } from '../../src/kernel/config.js';
import { InvalidError } from '../../src/kernel/errors.js';

function refusalOf(env: Record<string, string>): InvalidError {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidError);
    return error as InvalidError;
  }
  throw new Error('it was accepted');
}

describe('config', () => {
  it('needs nothing: demo mode on loopback with the embedded database', () => {
    expect(readConfig({})).to.deep.equal({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      dataDir: './data',
      databaseUrl: undefined,
      smtpUrl: undefined,
      smtpFrom: 'Saksflyt <saksflyt@localhost>',
      smtpInPort: undefined,
      smtpInKey: undefined,
      smtpInCert: undefined,
      imap: undefined,
      registers: {
        addresses: undefined,
        organisations: undefined,
        properties: undefined,
        contactPreferences: undefined,
      },
      logLevel: 'info',
      pollMs: 500,
      engineTuned: true,
      demoPublic: false,
    });
  });

  it('takes what it is told, and an empty variable as unset', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '::1',
      DATABASE_URL: 'postgresql://me@db:5432/saksflyt',
      SMTP_URL: 'smtp://mail:25',
      POLL_MS: '',
    });
    expect(config).to.include({
      port: 8080,
      publicUrl: 'http://[::1]:8080',
      databaseUrl: 'postgresql://me@db:5432/saksflyt',
      smtpUrl: 'smtp://mail:25',
      pollMs: 500,
      engineTuned: true,
    });
  });

  it('cuts the slash off the public address', () => {
    expect(readConfig({ PUBLIC_URL: 'https://saker.example.no/' }).publicUrl).to.equal(
      'https://saker.example.no',
    );
  });

  it('names everything that is wrong at once, without repeating a secret', () => {
    const refusal = refusalOf({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://root:secret@db/x',
    });
    expect(refusal.code).to.equal('config_invalid');
    expect(refusal.details.map(({ path }) => path)).to.have.members([
      'PORT',
      'LOG_LEVEL',
      'DATABASE_URL',
    ]);
    expect(refusal.message)
      .to.contain('PORT: must be a whole number from 0 to 65535')
      .and.not.contain('secret');
  });

  it('serves demo users beyond this machine only when told so', () => {
    expect(refusalOf({ HOST: '0.0.0.0' }).message).to.contain('DEMO=public');
    expect(readConfig({ HOST: '0.0.0.0', DEMO: 'public' }).demoPublic).to.equal(true);
  });

  it('does not start with an issuer it cannot ask', () => {
    expect(refusalOf({ OIDC_ISSUER: 'https://login.example.no' }).message).to.contain(
      'OIDC_ISSUER: OpenID Connect login is not built yet',
    );
  });

  it('documents each variable once', () => {
    const names = CONFIG_VARIABLES.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(CONFIG_VARIABLES.every(({ meaning }) => meaning.endsWith('.'))).to.equal(true);
  });
});
