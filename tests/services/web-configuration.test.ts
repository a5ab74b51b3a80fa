import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { printConfig, readConfig } from '../../services/all-in-one/src/config.ts';

const production = {
  MODE: 'production',
  DATABASE_URL: 'postgres://service:word@db/naravard',
  BASE_URL: 'https://plan.example/fhir',
  ISSUERS: '[{"issuer":"https://idp.example","jwks":"https://idp.example/jwks"}]',
  PAGE_KEY: Buffer.alloc(32, 7).toString('base64'),
  SEAL_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const clients = {
  WEB: 'on',
  WEB_ISSUER: 'https://idp.example',
  WEB_NURSE_CLIENT_ID: 'nurse',
  WEB_PATIENT_CLIENT_ID: 'patient',
  WEB_EMERGENCY_NUMBERS: '[{"name":"Hemsjukvården","number":"0346-88 60 00","hours":"Dygnet runt"}]',
};

describe('The clients', () => {
  it('are served by a sandbox of all modules, and by nothing else unless asked for', () => {
    expect(readConfig({}).WEB).toBe('on');
    expect(readConfig({ WEB: 'off' }).WEB).toBe('off');
    expect(readConfig({ MOUNT: 'care-team' }).WEB).toBe('off');
    expect(readConfig(production).WEB).toBe('off');
    expect(() => readConfig({ MOUNT: 'care-team', WEB: 'on' })).toThrow('WEB=on needs all modules');
  });

  it('need in production where people log in and whom to call, all told at once', () => {
    expect(readConfig({ ...production, ...clients }).WEB_EMERGENCY_NUMBERS).toEqual([
      { name: 'Hemsjukvården', number: '0346-88 60 00', hours: 'Dygnet runt' },
    ]);
    const { WEB, ...rest } = clients;
    const missing = Object.keys(rest).map((name) => `${name} is required in production with WEB=on.`);
    expect(() => readConfig({ ...production, WEB })).toThrow(missing.join('\n'));
    expect(() => readConfig({ ...production, ...clients, WEB_ISSUER: 'https://other.example' })).toThrow(
      'WEB_ISSUER is not one of ISSUERS',
    );
  });

  it.each([
    'Ring 112',
    '[]',
    '[{"name":"Hemsjukvården"}]',
    '[{"name":"Hemsjukvården","number":"javascript:alert(1)"}]',
    '[{"name":"Läkare i beredskap","number":"031-390 06 29","staff":"yes"}]',
  ])('refuse %s as emergency numbers', (WEB_EMERGENCY_NUMBERS) => {
    expect(() => readConfig({ WEB_EMERGENCY_NUMBERS })).toThrow('WEB_EMERGENCY_NUMBERS');
  });

  it('never print their secret', () => {
    const printed = printConfig(readConfig({ ...production, ...clients, WEB_CLIENT_SECRET: 'secret-word' }));
    expect(printed).toContain('WEB_CLIENT_SECRET=[set]');
    expect(printed).not.toContain('secret-word');
  });
});
