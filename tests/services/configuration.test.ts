import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printConfig, readConfig } from '../../services/all-in-one/src/config.ts';
import { configurationPage } from '../../services/all-in-one/src/config-page.ts';
import { distance } from '../../services/all-in-one/src/variable-names.ts';
import { temporaryFolder } from './service-process.ts';

const production = {
  MODE: 'production',
  DATABASE_URL: 'postgres://service:secret-word@db/naravard',
  BASE_URL: 'https://fhir.example/fhir/',
  ISSUERS: '[{"issuer":"https://idp.example","jwks":"https://idp.example/jwks"}]',
  PAGE_KEY: Buffer.alloc(32, 7).toString('base64'),
  SEAL_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

describe('The configuration', () => {
  it('is a sandbox on port 8080 when nothing is set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      MODE: 'sandbox',
      PORT: 8080,
      BASE_URL: 'http://localhost:8080/fhir',
      HOST: 'localhost',
    });
    expect(config.DATA_DIR).toMatch(/\/data$/);
  });

  it('is described, variable by variable, by docs/configuration.md', () => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    expect(page).toBe(configurationPage());
  });

  it.each([
    ['PORTT', 'did you mean PORT?'],
    ['DATABSE_URL', 'did you mean DATABASE_URL?'],
    ['DATBASE_URL', 'did you mean DATABASE_URL?'],
    ['PAGEKEY', 'did you mean PAGE_KEY?'],
    ['page_key', 'did you mean PAGE_KEY?'],
    ['PAGE_KEY_FLIE', 'did you mean PAGE_KEY_FILE?'],
    ['NARAVARD_PORT', 'did you mean PORT?'],
    ['NARAVARD_ISUERS', 'did you mean ISSUERS?'],
    ['NARAVARD_SOMETHING', 'see docs/configuration.md'],
  ])('refuses the misspelt name %s', (name, advice) => {
    expect(() => readConfig({ [name]: 'x' })).toThrow(advice);
  });

  it('leaves alone what shells, npm and Kubernetes set', () => {
    const foreign = {
      NODE: '/bin/node',
      HOME: '/root',
      HOSTNAME: 'a',
      npm_config_loglevel: 'warn',
      NARAVARD_SERVICE_HOST: '10.0.0.1',
      NARAVARD_PORT: 'tcp://10.0.0.1:8080',
      NARAVARD_PORT_8080_TCP_ADDR: '10.0.0.1',
    };
    expect(() => readConfig(foreign)).not.toThrow();
  });

  it.each([
    [{ PORT: '0' }, 'PORT'],
    [{ PORT: '8o80' }, 'PORT'],
    [{ MODE: 'prod' }, 'MODE'],
    [{ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL'],
    [{ PAGE_KEY: 'c2hvcnQ=' }, 'PAGE_KEY: must be 32 bytes'],
    [{ ISSUERS: 'https://idp.example' }, 'ISSUERS: is not JSON'],
    [{ MOUNT: 'care-team,lab' }, 'MOUNT'],
    [{ PAGE_KEY_FILE: '/nowhere' }, 'PAGE_KEY_FILE cannot be read (ENOENT)'],
  ])('refuses %o', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });

  it('needs a database, issuers, an address and a page key in production, and names all that is missing at once', () => {
    const missing = ['DATABASE_URL', 'ISSUERS', 'BASE_URL', 'PAGE_KEY', 'SEAL_KEY'].map(
      (name) => `${name} is required in production.`,
    );
    expect(() => readConfig({ MODE: 'production' })).toThrow(missing.join('\n'));
    expect(() => readConfig({ ...production, ISSUERS: '[]' })).toThrow('nobody could log in');
    expect(readConfig(production)).toMatchObject({
      HOST: '0.0.0.0',
      BASE_URL: 'https://fhir.example/fhir',
      LOG_LEVEL: 'info',
    });
  });

  it('is no sandbox with issuers, even where it says so', () => {
    const { ISSUERS } = production;
    for (const MODE of [undefined, '', 'sandbox']) {
      expect(() => readConfig({ MODE, ISSUERS })).toThrow('ISSUERS is for production alone');
      expect(() => readConfig({ ...production, MODE })).toThrow('set MODE=production');
    }
    expect(readConfig({ MODE: 'sandbox', ISSUERS: '' }).MODE).toBe('sandbox');
  });

  it('is no sandbox beyond this machine unless it says so', () => {
    const { MODE: _, ...lost } = production;
    expect(() => readConfig(lost)).toThrow(
      'MODE is required with a BASE_URL of HTTPS: production, or sandbox',
    );
    const signs = [
      { BASE_URL: 'https://fhir.example/fhir' },
      { HOST: '0.0.0.0' },
      { HOST: '::' },
      { HOST: 'fhir.example' },
    ];
    for (const sign of signs) {
      expect(() => readConfig(sign), JSON.stringify(sign)).toThrow('MODE is required with');
      expect(readConfig({ ...sign, MODE: 'sandbox' }).MODE).toBe('sandbox');
    }
    for (const HOST of ['localhost', '127.0.0.1', '::1'])
      expect(readConfig({ HOST, BASE_URL: 'http://localhost:8080/fhir' }).MODE).toBe('sandbox');
  });

  it('lets a process mount some modules, in the sandbox without a database given', () => {
    expect(readConfig({ MOUNT: 'care-team' }).MOUNT).toEqual(['care-team']);
    const { DATABASE_URL, ...rest } = production;
    expect(() => readConfig({ ...rest, MOUNT: 'care-team' })).toThrow('DATABASE_URL is required');
    expect(readConfig({ MOUNT: 'record,encounter,care-plan,care-team' }).MOUNT).toBeUndefined();
  });

  it('reads secrets from files, and refuses both ways at once', () => {
    const folder = temporaryFolder();
    const file = join(folder.path, 'key');
    writeFileSync(file, `${production.PAGE_KEY}\n`);
    expect(readConfig({ PAGE_KEY_FILE: file }).PAGE_KEY).toHaveLength(32);
    expect(() => readConfig({ PAGE_KEY_FILE: file, PAGE_KEY: production.PAGE_KEY })).toThrow('both set');
    folder.remove();
  });

  it('is printed without secrets', () => {
    const printed = printConfig(readConfig(production));
    expect(printed).toContain('DATABASE_URL=[set]');
    expect(printed).toContain('PAGE_KEY=[set]');
    expect(printed).not.toMatch(/secret-word|BwcH/);
  });

  it('names no secret value when it refuses one', () => {
    expect(() => readConfig({ ...production, DATABASE_URL: 'http://u:secret-word@db' })).toThrow(
      /^(?!.*secret-word)/s,
    );
  });
});

it('Edit distance counts a swap of neighbours as one', () => {
  expect(distance('PROT', 'PORT')).toBe(1);
  expect(distance('HOME', 'HOST')).toBe(2);
  expect(distance('LOGLEVEL', 'LOG_LEVEL')).toBe(1);
  expect(distance('PATH', 'MODE')).toBe(3);
});
