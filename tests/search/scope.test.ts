import { organisationScope, systemScope } from '@naravard/access';
import { compileSort, compileWhere, type Part, type Query, SqlBuilder, Statement } from '@naravard/search';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeQuery, writtenQuery } from './generated-world.ts';
import { catalog, query } from './memory.ts';

/** Every alias of `resource` in a statement, by the words that could introduce one. */
const aliases = (text: string): string[] =>
  [...text.matchAll(/\b(?:from|join)\s+resource\s+(\w+)/g)].map(([, alias]) => alias ?? '');

function statement(
  { parts: [part] }: Query,
  scope = organisationScope('SE-KOMMUN'),
): { text: string; values: unknown[] } {
  if (!part) throw new Error('a query has a part');
  const sql = new SqlBuilder();
  const where = compileWhere(part, 'r', new Statement(sql, scope));
  const sort = sortOf(part, new Statement(sql, scope));
  return {
    text: `select ${sort.select.join(', ')} from resource r where ${where} order by ${sort.orderBy}`,
    values: sql.values,
  };
}

const sortOf = (
  part: Part | undefined,
  statement = new Statement(new SqlBuilder(), organisationScope('SE-KOMMUN')),
) => {
  if (!part) throw new Error('a query has a part');
  return compileSort(part, 'r', statement);
};

/** The organisation that each alias is limited to. */
const custodians = ({ text, values }: { text: string; values: unknown[] }): unknown[] =>
  aliases(text).map(
    (alias) => values[Number(new RegExp(`\\b${alias}\\.custodian = \\$(\\d+)`).exec(text)?.[1]) - 1],
  );

describe('a restricted caller', () => {
  it('has the restriction on every alias of a key row, whatever is searched and sorted by', () => {
    for (const type of [
      'CareTeam',
      'CarePlan',
      'Encounter',
      'Patient',
      'Observation',
      'RiskAssessment',
      'ValueSet',
    ]) {
      for (const { code, type: kind } of catalog.parameters(type)) {
        if (kind === 'composite') continue;
        const value =
          kind === 'date'
            ? '2026'
            : kind === 'number' || kind === 'quantity'
              ? '1'
              : kind === 'token'
                ? 'true'
                : 'a';
        for (const name of [code, `${code}:missing`]) {
          const test = `${name}=${name === code ? value : 'true'}`;
          const compiled = statement(query(type, `${test}&_sort=${code},-${code}`));
          expect(aliases(compiled.text)).toEqual(['r']);
          expect(custodians(compiled)).toEqual(['SE-KOMMUN']);
        }
      }
    }
  });
  it.each([
    ['CareTeam', 'patient.identifier=a', 2],
    ['CareTeam', 'subject.identifier=a', 5],
    ['CareTeam', 'participant:Practitioner.name=a', 2],
    ['CarePlan', 'care-team.participant:Organization.partof.name=a', 4],
    ['Patient', '_has:CarePlan:patient:status=active', 2],
    ['Patient', '_has:CarePlan:patient:_has:CarePlan:based-on:status=active', 3],
    ['Patient', '_has:Encounter:patient:service-provider.name:missing=false', 3],
    ['Encounter', 'patient._has:CareTeam:patient:status:not=active', 3],
    ['CarePlan', '_filter=not (subject.name eq "a") and (status eq active or care-team.status eq active)', 4],
  ])('has it on every related row: %s?%s', (type, text, expected) => {
    const compiled = statement(query(type, text));
    const names = aliases(compiled.text);
    expect(names.length).toBeGreaterThanOrEqual(expected - 1);
    expect(new Set(names).size).toBe(names.length);
    expect(custodians(compiled)).toEqual(names.map(() => 'SE-KOMMUN'));
    for (const alias of names) expect(compiled.text).toContain(`not ${alias}.deleted`);
  });
  it('has it on every related row of whatever conditions are put together', () => {
    for (const asked of fc.sample(fc.oneof(writtenQuery, treeQuery), { seed: 20261123, numRuns: 300 })) {
      const compiled = statement(asked);
      expect([compiled.text, custodians(compiled)]).toEqual([
        compiled.text,
        aliases(compiled.text).map(() => 'SE-KOMMUN'),
      ]);
    }
  });
  it('cannot lift it by an alternative: it stands beside the conditions, not among them', () => {
    const { text } = statement(query('CareTeam', 'status=a,b&identifier=c,d&date=2025,2026'));
    let depth = 0;
    const depths = Array.from(text, (character) => {
      depth += character === '(' ? 1 : character === ')' ? -1 : 0;
      return depth;
    });
    expect(depths[text.indexOf('r.custodian')]).toBe(0);
    for (const { index } of text.matchAll(/ or /g)) expect(depths[index]).toBeGreaterThan(0);
  });
  it('and everyone sees no deleted resource and no other type', () => {
    const { text } = statement(query('CareTeam', ''), systemScope('test'));
    expect(text).toContain("r.type = 'CareTeam' and not r.deleted");
  });
});

describe('a statement', () => {
  it('holds no text of the caller', () => {
    const evil = "x' or 1=1 --";
    for (const { code, type: kind } of catalog.parameters('Encounter')) {
      if (['date', 'number', 'quantity', 'reference', 'composite'].includes(kind)) continue;
      expect(statement(query('Encounter', `${code}=${encodeURIComponent(evil)}`)).text).not.toContain('1=1');
    }
    const reference = query('Encounter', `subject=${encodeURIComponent("https://x.se/'or'1=1")}`);
    expect(statement(reference).text).not.toContain('1=1');
    const quantity = query('Encounter', `length=${encodeURIComponent("5|'or 1=1|'or 1=1")}`);
    expect(statement(quantity).text).not.toContain('1=1');
  });
  it('takes a cursor of its own order only', () => {
    const asked = query('Encounter', '_sort=-date');
    const sort = sortOf(asked.parts[0]);
    expect(() => sort.beyond({ keys: ['x'], side: 'after' })).toThrow('bad-request');
    expect(sort.beyond({ keys: [null, 'x'], side: 'after' })).toBe('(r.starts is null and r.id < $1::text)');
    const byId = sortOf(query('Encounter', '').parts[0]);
    expect(() => byId.beyond({ keys: [null], side: 'after' })).toThrow('bad-request');
  });
  it('can use an index both ways where a date is asked for', () => {
    expect(sortOf(query('Encounter', 'date=ge2026&_sort=-date').parts[0]).orderBy).toBe(
      'r.starts desc, r.id desc',
    );
    expect(sortOf(query('Encounter', '_sort=-date').parts[0]).orderBy).toBe(
      'r.starts desc nulls last, r.id desc',
    );
    expect(sortOf(query('Encounter', '_sort=-_lastUpdated').parts[0]).orderBy).toBe(
      'r.last_updated desc, r.id desc',
    );
  });
});
