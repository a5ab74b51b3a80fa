import { organisationScope, systemScope } from '@naravard/access';
import { compileSort, compileWhere, type Query, SqlBuilder } from '@naravard/search';
import { describe, expect, it } from 'vitest';
import { catalog, query } from './memory.ts';

/** Every alias of `resource` in a statement, by the words that could introduce one. */
const aliases = (text: string): string[] =>
  [...text.matchAll(/\b(?:from|join)\s+resource\s+(\w+)/g)].map(([, alias]) => alias ?? '');

function statement(
  asked: Query,
  scope = organisationScope('SE-KOMMUN'),
): { text: string; values: unknown[] } {
  const sql = new SqlBuilder();
  const where = compileWhere(asked, scope, 'r', sql);
  const sort = compileSort(asked, 'r', sql);
  return {
    text: `select ${sort.select.join(', ')} from resource r where ${where} order by ${sort.orderBy}`,
    values: sql.values,
  };
}

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
        const value = {
          date: '2026',
          number: '1',
          quantity: '1',
          reference: 'a',
          string: 'a',
          token: 'a',
          uri: 'a',
        }[kind];
        const { text, values } = statement(query(type, `${code}=${value}&_sort=${code},-${code}`));
        for (const alias of aliases(text)) expect(text).toContain(`${alias}.custodian = $`);
        expect(aliases(text)).toEqual(['r']);
        expect(values).toContain('SE-KOMMUN');
      }
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
      if (['date', 'number', 'quantity', 'reference'].includes(kind)) continue;
      expect(statement(query('Encounter', `${code}=${encodeURIComponent(evil)}`)).text).not.toContain('1=1');
    }
    const reference = query('Encounter', `subject=${encodeURIComponent("https://x.se/'or'1=1")}`);
    expect(statement(reference).text).not.toContain('1=1');
    const quantity = query('Encounter', `length=${encodeURIComponent("5|'or 1=1|'or 1=1")}`);
    expect(statement(quantity).text).not.toContain('1=1');
  });
  it('takes a cursor of its own order only', () => {
    const asked = query('Encounter', '_sort=-date');
    const sort = compileSort(asked, 'r', new SqlBuilder());
    expect(() => sort.after(['x'])).toThrow('bad-request');
    expect(sort.after([null, 'x'])).toBe('(r.starts is null and r.id < $1::text)');
    expect(() => compileSort(query('Encounter', ''), 'r', new SqlBuilder()).after([null])).toThrow(
      'bad-request',
    );
  });
  it('can use an index both ways where a date is asked for', () => {
    expect(compileSort(query('Encounter', 'date=ge2026&_sort=-date'), 'r', new SqlBuilder()).orderBy).toBe(
      'r.starts desc, r.id desc',
    );
    expect(compileSort(query('Encounter', '_sort=-date'), 'r', new SqlBuilder()).orderBy).toBe(
      'r.starts desc nulls last, r.id desc',
    );
    expect(compileSort(query('Encounter', '_sort=-_lastUpdated'), 'r', new SqlBuilder()).orderBy).toBe(
      'r.last_updated desc, r.id desc',
    );
  });
});
