import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const tests = fileURLToPath(new URL('..', import.meta.url));

/** Paths below `tests` by the number of the attack that they name. */
function tested(): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const path of globSync('**/*.test.ts', { cwd: tests }).toSorted()) {
    const text = readFileSync(`${tests}/${path}`, 'utf8');
    const numbers = new Set([...text.matchAll(/['"`]attack (\d+):/g)].map(([, number]) => Number(number)));
    for (const number of numbers) found.set(number, [...(found.get(number) ?? []), path]);
  }
  return found;
}

test('README.md lists each of the 86 attacks once, with the files that test it or the capability it waits for', () => {
  const rows = readFileSync(`${tests}/attack/README.md`, 'utf8')
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 86 }, (_, at) => at + 1));
  const files = tested();
  for (const [, number, , , where = ''] of rows) {
    const expected = (files.get(Number(number)) ?? []).map((path) => `\`${path}\``).join(', ');
    if (expected) expect(where, `attack ${number}`).toBe(expected);
    else expect(where, `attack ${number} has no test`).toMatch(/^pending: [a-z ]+$/);
  }
});
