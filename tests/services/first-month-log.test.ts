import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout, page } from './first-month-blocks.ts';

/** Calls of the logger with what they say, from the sources. */
const messages = globSync('{libs,services}/*/src/**/*.ts', { cwd: checkout }).flatMap((path) =>
  [
    ...readFileSync(join(checkout, path), 'utf8').matchAll(
      /\blog\.(?:info|warn|error|fatal)\(([\s\S]*?)\);/g,
    ),
  ].flatMap(([, call = '']) => [...call.matchAll(/'([^'\n]{6,})'/g)].at(-1)?.[1] ?? []),
);

it('Week 4: every message that the service can log is in the page', () => {
  expect(messages.length).toBeGreaterThan(15);
  expect(messages.filter((message) => !page.includes(`\`${message}\``))).toEqual([]);
});
