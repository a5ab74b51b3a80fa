import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { typesFile, webTypes } from '../../scripts/web-types.ts';

test('The types of the clients are those of openapi/naravard.json (`npm run openapi` makes both)', () => {
  expect(readFileSync(typesFile, 'utf8')).toBe(webTypes());
});
