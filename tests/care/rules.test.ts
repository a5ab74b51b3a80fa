import { globSync, readFileSync } from 'node:fs';
import { loadDefinitions } from '@naravard/fhir';
import { statedRules } from '@naravard/rest';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allModules } from '../../services/all-in-one/src/modules.ts';

const modules = allModules(loadDefinitions());
const rules = statedRules(modules);

/** First arguments of `describe(`, `test(`, `it(` and `test.each(...)(`. */
const titles = globSync('tests/**/*.test.ts').flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /\b(?:describe|test|it)\b[^'"`]*?\(\s*(['"`])(.*?)\1|\)\(\s*(['"`])(.*?)\3/gs,
    ),
  ].map(([, , plain, , each]) => plain ?? each ?? ''),
);

describe('every rule of care', () => {
  test.each(rules.map(({ id }) => id))('is shown by a test that has its name: %s', (id) => {
    expect(titles.some((title) => title.startsWith(`rule ${id}:`))).toBe(true);
  });

  test.each(rules)(
    'says itself in Swedish and English, with its source: $id',
    ({ id, citation, sentence, sv }) => {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      for (const text of [citation, sentence, sv]) expect(text.trim().length).toBeGreaterThan(10);
      expect(sentence).toMatch(/^[a-z].*[^.]$/s);
      expect(sv).toMatch(/^[A-ZÅÄÖ].*[.?]$/s);
    },
  );

  test('has its id for itself', () => {
    const all = modules.flatMap(({ resources }) => resources.flatMap((each) => each.rules ?? []));
    const bySentence = new Set(all.map(({ id, sentence }) => `${id} ${sentence}`));
    expect(bySentence.size).toBe(rules.length);
  });
});

describe('GET /docs/rules', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ modules });
  });
  afterAll(() => api.close());

  const page = (accept?: string) =>
    api.app.inject({ url: '/docs/rules', headers: { ...(accept && { accept }) } });

  test('is a page for people, open to all, that loads and runs nothing', async () => {
    const { statusCode, headers, body } = await page('text/html,application/xhtml+xml,*/*;q=0.8');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).not.toContain('<script');
    for (const { id } of rules) expect(body).toContain(`<section id="${id}">`);
  });

  test('is JSON where that is asked for', async () => {
    const { headers, body } = await page('application/json');
    expect(headers['content-type']).toContain('application/json');
    expect(JSON.parse(body)).toEqual({ rules });
  });
});
