import { gunzipSync } from 'node:zlib';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';
import { freePort } from '../services/service-process.ts';
import { launchBrowser } from '../web/browser.ts';
import { desktop, newVisitor, troublesOf } from '../web/visits.ts';

let fhir: TestApp;
let origin: string;
beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  fhir = await createTestApp({ modules: allModules(loadDefinitions()), base: `${origin}/fhir` });
  await fhir.app.listen({ host: 'localhost', port });
});
afterAll(async () => {
  fhir.app.server.closeAllConnections();
  await fhir.close();
});

describe('/docs', () => {
  test('is a page of one script, of this origin, and allowed nothing else', async () => {
    const { statusCode, headers, body } = await fhir.app.inject('/docs');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'; connect-src 'self'; ");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src [^;]*unsafe-inline/);
    expect([...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, place]) => place)).toEqual([
      '/openapi.json',
      '/docs/scalar.js',
    ]);
  });

  test('has a script that is sent once, compressed for those who can read that', async () => {
    const get = (headers: Record<string, string>) => fhir.app.inject({ url: '/docs/scalar.js', headers });
    const packed = await get({ 'accept-encoding': 'gzip, br' });
    expect([packed.statusCode, packed.headers['content-encoding']]).toEqual([200, 'gzip']);
    const plain = await get({});
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true);
    const again = await get({ 'if-none-match': String(packed.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test('does not get in the way of the rules, which are told beside it', async () => {
    const { statusCode, headers } = await fhir.app.inject('/docs/rules');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('/docs in a browser', () => {
  let browser: Browser;
  let page: Page;
  let troubles: string[];
  const forbidden: string[] = [];
  const asked: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
    const context = await newVisitor(browser, desktop);
    page = await context.newPage();
    troubles = troublesOf(page);
    page.on('request', (request) => asked.push(request.url()));
    await page.exposeFunction('tellForbidden', (what: string) => forbidden.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        Reflect.get(window, 'tellForbidden')(`${violatedDirective} ${blockedURI}`),
      );
    });
    await page.goto(`${origin}/docs`);
  });
  afterAll(() => browser.close());

  test('shows what can be asked, by name', { timeout: 60_000 }, async () => {
    await page.getByRole('heading', { level: 1, name: 'naravard' }).waitFor({ timeout: 45_000 });
    for (const name of ['$import', 'CareTeam', 'Any type', 'Other types'])
      await page.getByText(name, { exact: true }).first().waitFor();
  });

  test('asks the service with the token that is pasted into it', { timeout: 60_000 }, async () => {
    await page
      .getByPlaceholder('Token')
      .first()
      .fill(await fhir.issuer.token('journalsystem'));
    await page.goto(`${origin}/docs#tag/service/GET/_history`);
    await page
      .getByRole('button', { name: /Test Request/ })
      .filter({ hasText: '/_history' })
      .first()
      .click();
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/fhir/_history')),
      page.getByRole('button', { name: /^Send/ }).first().click(),
    ]);
    expect(answer.status()).toBe(200);
  });

  test('asks nobody else, and does nothing that its policy forbids', async () => {
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
    expect(troubles).toEqual([]);
    // One of its libraries tries whether it may compile code, and does without.
    expect(forbidden.filter((what) => what !== 'script-src eval')).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('eyJ');
  });
});
