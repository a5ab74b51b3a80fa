import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conformanceFile, conformanceText } from '../../scripts/build-conformance.ts';

const page = readFileSync(conformanceFile, 'utf8');

describe('docs/conformance.md', () => {
  test('is what the code says: run `npm run docs:conformance` when this fails', () => {
    expect(page).toBe(conformanceText());
  });

  test('says before all else who sees what, and what may be stored', () => {
    const start = page.slice(0, page.indexOf('\n## '));
    expect(start).toContain('decided by Swedish law');
    expect(start).toContain('only made-up data may be stored');
  });

  test('has no part left open', () => {
    expect(page).not.toMatch(/\{\{|undefined|NaN/);
  });

  test('links to pages that are there', () => {
    const links = [...page.matchAll(/\]\((?!http)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) readFileSync(new URL(`../../docs/${link}`, import.meta.url));
  });
});
