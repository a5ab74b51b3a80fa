import { readFileSync } from 'node:fs';
import { outcomeOf, Problem, problems } from '@naravard/fhir';
import { expect, test } from 'vitest';

test('docs/errors.md lists every kind of the closed table, as it is', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const listed = page
    .split('\n')
    .filter((line) => /^\| `[a-z-]+` \| \d/.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', ''))
        .slice(1, 6),
    );
  const rows = Object.entries(problems).map(([kind, { status, code, en, sv }]) => [
    kind,
    String(status),
    code,
    en,
    sv,
  ]);
  expect(listed).toEqual(rows);
});

test('a problem without findings still says what is wrong', () => {
  expect(outcomeOf(new Problem('not-found')).issue).toMatchObject([
    {
      severity: 'error',
      code: 'not-found',
      diagnostics: 'Not found.',
      details: { text: 'Uppgiften finns inte.' },
    },
  ]);
});

test('each finding of a problem is an issue of its own', () => {
  const problem = new Problem('invalid', [
    { severity: 'error', code: 'required', expression: 'CarePlan.status', diagnostics: 'Add status.' },
    { severity: 'warning', diagnostics: 'Unknown profile.' },
  ]);
  expect(outcomeOf(problem).issue).toMatchObject([
    { severity: 'error', code: 'required', expression: ['CarePlan.status'], diagnostics: 'Add status.' },
    { severity: 'warning', code: 'invalid' },
  ]);
});

test('the cause of a problem is not sent', () => {
  const problem = new Problem('internal', [], { cause: new Error('relation "version" does not exist') });
  expect(JSON.stringify(outcomeOf(problem))).not.toContain('relation');
});
