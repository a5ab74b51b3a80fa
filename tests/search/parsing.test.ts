import { parseQuery, printQuery } from '@naravard/search';
import { describe, expect, it } from 'vitest';
import { catalog, query, refusal } from './memory.ts';

const said = (type: string, text: string) => refusal(type, text).findings[0]?.diagnostics;

describe('a query', () => {
  it('prints short and readable', () => {
    expect(printQuery(query('CareTeam', 'patient=x&status=active,proposed&name=&_sort=-date'))).toBe(
      'CareTeam where patient = Patient/x; status = active or proposed sort -date count 20',
    );
    expect(printQuery(query('Encounter', 'length=ge5||min&_count=0'))).toBe(
      'Encounter where length = ge 5 |min count 0 total',
    );
    expect(printQuery(query('Encounter', ''))).toBe('Encounter count 20');
  });
  it('prints equal conditions on an identifier alike, whatever alias they use', () => {
    const printed = [
      '1.2.752.129.2.1.3.1|19410314-9805',
      'http://electronichealth.se/identifier/personnummer|194103149805',
    ].map((value) => printQuery(query('Patient', `identifier=${encodeURIComponent(value)}`)));
    expect(printed[0]).toBe(printed[1]);
  });
});

describe('self', () => {
  it('says what was applied, in order and encoded', () => {
    expect(
      query(
        'CareTeam',
        'status=active&identifier=http://a.se|1%262&_sort=-date,status&_count=5000&_total=none&_format=json',
      ).self,
    ).toBe('status=active&identifier=http://a.se%7C1%262&_sort=-date,status&_count=1000&_total=none');
  });
  it('leads to the same query again', () => {
    const text = 'patient=a&date=ge2026-11-23T10:00:00%2B01:00&type=a%5C,b,c%7Cd&_sort=-date&_count=7';
    const first = query('Encounter', text);
    expect(printQuery(query('Encounter', first.self))).toBe(printQuery(first));
    expect(query('Encounter', first.self).self).toBe(first.self);
  });
  it('leaves out what a lenient caller sent in vain', () => {
    const asked = query(
      'CareTeam',
      'status=active&colour=red&_contained=true&_sort=colour,-date&subject.nam=x&_has:Task:focus:colour=x',
      { handling: 'lenient' },
    );
    expect(asked.self).toBe('status=active&_sort=-date');
    expect(asked.ignored.map(({ name }) => name)).toEqual([
      'colour',
      '_contained',
      '_sort',
      'subject.nam',
      '_has:Task:focus:colour',
    ]);
    expect(asked.parts[0]?.conditions).toHaveLength(1);
  });
});

describe('an unknown parameter', () => {
  it('is refused by name, with the nearest known one', () => {
    const problem = refusal('CareTeam', 'pateint=x');
    expect([problem.kind, problem.status, problem.findings[0]?.expression]).toEqual([
      'unknown-parameter',
      400,
      'pateint',
    ]);
    expect(said('CareTeam', 'pateint=x')).toBe(
      "CareTeam cannot be searched by 'pateint': did you mean 'patient'?",
    );
    expect(said('Encounter', 'organisation=x')).toContain('/metadata');
    expect(said('Encounter', '_Count=1')).toContain("'_count'");
  });
  it('is repeated only in the characters of a name', () => {
    expect(said('CareTeam', `${encodeURIComponent('<script>åäö')}=x`)).not.toMatch(/[<>å]/);
  });
  it.each([
    ['_contained=true', '_contained'],
    ['_containedType=container', '_containedType'],
    ['_query=x', '_query'],
    ['_score=x', '_score'],
  ])('or one that is not supported is said to be so: %s', (text, name) => {
    const problem = refusal('CareTeam', text);
    expect([problem.status, problem.findings[0]?.expression]).toEqual([400, name]);
    expect(problem.findings[0]?.diagnostics).toContain('not supported');
  });
  it('that another search has is said to belong there', () => {
    expect(said('CareTeam', '_type=Patient')).toContain('/?_type=CareTeam');
    for (const text of ['subject:Patient._count=1', 'subject:Patient._list.x=1', '_filter=_list eq 1'])
      expect(said('CareTeam', text)).toMatch(/^'_(count|list)' is of the search as a whole/);
    expect(said('CareTeam', '_lst=1')).toContain("did you mean '_list'?");
  });
  it('that names a query is refused even where the caller is lenient', () => {
    for (const text of ['_query=current', 'subject:Patient._query=current'])
      expect(refusal('CareTeam', text, { handling: 'lenient' }).kind).toBe('unknown-parameter');
  });
  it('repeats no number that may be a personnummer', () => {
    for (const text of [
      '_sort=19410314-9805',
      '_include=19410314-9805:x',
      '_include=CareTeam:a:194103149805',
    ])
      expect(said('CareTeam', text)).not.toMatch(/1941|9805/);
  });
  it('that is special is named with its type and the reason', () => {
    expect(said('Location', 'near=1|2')).toMatch(/special parameter 'near'.*distance is not built/);
  });
});

const printed = (type: string, text: string) => printQuery(query(type, text)).replace(/ count 20$/, '');

describe('a chain', () => {
  it('follows a reference to a type, by name or because there is no other', () => {
    expect(printed('CareTeam', 'subject:Patient.name=a')).toBe('CareTeam where subject:Patient.(name = a*)');
    expect(printed('CareTeam', 'patient.name=a')).toBe('CareTeam where patient:Patient.(name = a*)');
  });
  it('follows one to all types that have the parameter where none is named', () => {
    expect(printed('CareTeam', 'subject._id=a')).toBe(
      'CareTeam where (subject:Group.(_id = a) or subject:Patient.(_id = a))',
    );
    expect(printed('CareTeam', 'subject.birthdate=2000')).toMatch(
      /^CareTeam where subject:Patient\.\(birthdate = eq/,
    );
  });
  it('has modifiers and alternatives at its end, and several links', () => {
    expect(printed('CarePlan', 'care-team.participant:Organization.partof.name:exact=A,B')).toBe(
      'CarePlan where care-team:CareTeam.(participant:Organization.(partof:Organization.(name = "A" or "B")))',
    );
    expect(printed('CarePlan', 'subject:Patient.active:not=true')).toBe(
      'CarePlan where subject:Patient.(not (active = true))',
    );
  });
  it.each([
    ['status.name=x', 'status.name', 'no reference'],
    ['instantiates-canonical.name=x', 'instantiates-canonical.name', 'no reference'],
    ['subject:Foo.name=x', 'subject:Foo.name', 'no resource type'],
    ['subject:Practitioner.name=x', 'subject:Practitioner.name', 'Group, Patient'],
    ['patient:Group.name=x', 'patient:Group.name', 'Patient'],
    ['subject.=x', 'subject.', 'cannot be searched by'],
    ['subject:Patient.nam=x', 'subject:Patient.nam', "did you mean 'name'"],
    ['subject:Patient.birthdate=x', 'subject:Patient.birthdate', 'YYYY'],
    ['subject:Patient.birthdate:exact=2000', 'subject:Patient.birthdate:exact', 'no modifier'],
  ])('is refused where it leads nowhere: %s', (text, expression, advice) => {
    const { status, findings } = refusal('CarePlan', text);
    expect([status, findings[0]?.expression]).toEqual([400, expression]);
    expect(findings[0]?.diagnostics).toContain(advice);
  });
  it('has at most five links unless configured', () => {
    const chain = (links: number) => `${'part-of.'.repeat(links)}status=x`;
    expect(printed('CarePlan', chain(5))).toContain('status = x');
    expect(refusal('CarePlan', chain(6))).toMatchObject({ kind: 'too-costly', status: 422 });
    expect(refusal('CarePlan', chain(3), { maxChain: 2 }).kind).toBe('too-costly');
  });
});

describe('_has', () => {
  it('follows a reference backwards, also in and after a chain', () => {
    expect(printed('Patient', '_has:Encounter:patient:status=finished')).toBe(
      'Patient where _has:Encounter:patient.(status = finished)',
    );
    expect(printed('Patient', '_has:CarePlan:patient:care-team.status=active')).toBe(
      'Patient where _has:CarePlan:patient.(care-team:CareTeam.(status = active))',
    );
    expect(printed('CareTeam', 'patient._has:CarePlan:patient:_has:CarePlan:based-on:status=x')).toBe(
      'CareTeam where patient:Patient.(_has:CarePlan:patient.(_has:CarePlan:based-on.(status = x)))',
    );
  });
  it.each([
    ['_has=x', 'write _has:Type:reference:parameter'],
    ['_has:Encounter:patient=1', 'write _has:Type:reference:parameter'],
    ['_has:Foo:patient:status=1', 'no resource type'],
    ['_has:Encounter:status:_id=1', 'no reference'],
    ['_has:Encounter:location:_id=1', 'Location, not to Patient'],
    ['_has:Encounter:patient:statu=1', "did you mean 'status'"],
    ['_has:Encounter:patient:date=x', 'YYYY'],
  ])('is refused where it leads nowhere: %s', (text, advice) => {
    const { status, findings } = refusal('Patient', text);
    expect([status, findings[0]?.expression]).toEqual([400, text.slice(0, text.indexOf('='))]);
    expect(findings[0]?.diagnostics).toContain(advice);
  });
});

describe('_count', () => {
  it('is 20 unless asked for and at most 1,000', () => {
    expect(query('CareTeam', '').count).toBe(20);
    expect(query('CareTeam', '_count=1000').count).toBe(1000);
    expect(query('CareTeam', '_count=999999999').count).toBe(1000);
  });
  it('of 0 asks for the total alone', () => {
    expect(query('CareTeam', '_count=0')).toMatchObject({ count: 0, total: true });
    expect(query('CareTeam', '_summary=count')).toMatchObject({
      count: 0,
      total: true,
      self: '_summary=count',
    });
  });
  it.each(['-1', '1.5', 'x', '1e3', ' 5', '0x10'])(
    'of %s is refused even where the caller is lenient',
    (value) => {
      expect(refusal('CareTeam', `_count=${encodeURIComponent(value)}`, { handling: 'lenient' }).kind).toBe(
        'bad-request',
      );
    },
  );
  it('is refused twice', () => {
    expect(said('CareTeam', '_count=1&_count=2')).toContain('once');
  });
});

describe('a parameter of the result', () => {
  it.each([
    '_sort:asc=date',
    '_count:exact=5',
    '_summary:x=true',
    '_format:x=json',
    '_filter:not=status eq a',
  ])('has no modifiers, which is said even where the caller is lenient: %s', (text) => {
    for (const handling of ['strict', 'lenient'] as const) {
      const { status, findings } = refusal('CareTeam', text, { handling });
      expect([status, findings[0]?.expression]).toEqual([400, text.slice(0, text.indexOf('='))]);
      expect(findings[0]?.diagnostics).toContain('has no modifiers');
    }
  });
});

describe('_contained', () => {
  it('may say what holds without it', () => {
    expect(query('CareTeam', '_contained=false').self).toBe('_contained=false');
    expect(refusal('CareTeam', '_contained=maybe', { handling: 'lenient' }).kind).toBe('bad-request');
  });
});

describe('an empty parameter', () => {
  it('is ignored and left out of self', () => {
    const asked = query(
      'Patient',
      'name=&birthdate=1941&_sort=&_count=&colour=&_has:Encounter:patient:date=',
    );
    expect(asked).toMatchObject({ self: 'birthdate=1941', ignored: [], count: 20 });
    expect(asked.parts[0]?.conditions).toHaveLength(1);
  });
});

describe('_total', () => {
  it('is exact for accurate and estimate, absent for none', () => {
    expect(
      ['accurate', 'estimate', 'none'].map((value) => query('CareTeam', `_total=${value}`).total),
    ).toEqual([true, true, false]);
    expect(query('CareTeam', '').total).toBe(false);
    expect(refusal('CareTeam', '_total=some').kind).toBe('bad-request');
  });
});

describe('_sort', () => {
  it('takes several keys of any supported parameter', () => {
    const [part] = query('Encounter', '_sort=-date,status,_id,_lastUpdated,subject,length').parts;
    expect(part?.sort.map(({ parameter, descending }) => [parameter.code, descending])).toEqual([
      ['date', true],
      ['status', false],
      ['_id', false],
      ['_lastUpdated', false],
      ['subject', false],
      ['length', false],
    ]);
  });
  it('over several types is by values of one kind', () => {
    const over =
      (...types: string[]) =>
      () =>
        parseQuery(catalog, types, [['_sort', 'start']], { handling: 'strict', base: 'https://a.se' });
    expect(over('Slot')().parts[0]?.sort).toHaveLength(1);
    expect(over('Slot', 'GraphDefinition')).toThrow('unknown-parameter');
  });
  it('by what is no parameter is refused', () => {
    expect(said('Encounter', '_sort=dat')).toContain("Did you mean 'date'?");
  });
});

describe('the limits of a search', () => {
  it.each([
    ['101 parameters', Array.from({ length: 101 }, () => 'status=a').join('&'), 422],
    ['201 alternatives', `status=${Array.from({ length: 201 }, () => 'a').join(',')}`, 422],
    ['2,001 characters', `status=${'a'.repeat(2001)}`, 400],
    ['2,001 characters of a filter', `_filter=${'a'.repeat(2001)}`, 400],
    ['65,537 characters of a list', `status=${`${'a'.repeat(1999)},`.repeat(32)}${'a'.repeat(1537)}`, 400],
    ['a NUL', 'status=a%00b', 400],
    ['an empty alternative', 'status=a,,b', 400],
  ])('%s is refused', (_, text, status) => {
    expect(refusal('CareTeam', text, { handling: 'lenient' }).status).toBe(status);
  });
  it('leave room for 200 ids', () => {
    const ids = Array.from(
      { length: 200 },
      (_, at) => `0198c0de-0000-7000-8000-${String(at).padStart(12, '0')}`,
    );
    expect(query('CareTeam', `_id=${ids.join(',')}`).parts[0]?.conditions).toMatchObject([
      { values: ids.map((code) => ({ code })) },
    ]);
  });
  it('leave no text that takes long to read', () => {
    const started = performance.now();
    for (const value of [
      '\\'.repeat(2000),
      '|'.repeat(2000),
      ','.repeat(199),
      '9'.repeat(2000),
      `${' '.repeat(1999)}x`,
      '2026-11-23T10:00:00.'.padEnd(2000, '0'),
    ]) {
      for (const name of ['status', 'identifier', 'subject', 'date', '_lastUpdated', '_profile']) {
        try {
          parseQuery(catalog, ['CareTeam'], [[name, value]], { handling: 'strict', base: 'https://a.se' });
        } catch {}
      }
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});
