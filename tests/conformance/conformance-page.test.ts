import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conformanceFile, conformanceText } from '../../scripts/build-conformance.ts';

const page = readFileSync(conformanceFile, 'utf8');

describe('docs/conformance.md', () => {
  test('is what the code says: run `npm run docs:conformance` when this fails', () => {
    expect(page).toBe(conformanceText());
  });

  test('says before all else that a valid token sees everything', () => {
    expect(page.slice(0, page.indexOf('\n## '))).toContain('every valid token sees and changes everything');
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
