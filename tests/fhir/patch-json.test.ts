import { applyJsonPatch, Problem } from '@naravard/fhir';
import { describe, expect, test } from 'vitest';

const problemOf = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

/** The examples are plain JSON; ours are resources, so they get the two members that make one. */
const asResource = (members: object): string =>
  JSON.stringify({ resourceType: 'Basic', id: '1', ...members });
const patched = (members: object, patch: unknown): unknown => {
  const { resourceType, id, ...rest } = JSON.parse(
    applyJsonPatch(asResource(members), JSON.stringify(patch)),
  );
  expect([resourceType, id]).toEqual(['Basic', '1']);
  return rest;
};

describe('the examples of RFC 6902, appendix A', () => {
  test.each<[string, object, object[], object]>([
    [
      'A.1 adds an object member',
      { foo: 'bar' },
      [{ op: 'add', path: '/baz', value: 'qux' }],
      { baz: 'qux', foo: 'bar' },
    ],
    [
      'A.2 adds an array element',
      { foo: ['bar', 'baz'] },
      [{ op: 'add', path: '/foo/1', value: 'qux' }],
      { foo: ['bar', 'qux', 'baz'] },
    ],
    [
      'A.3 removes an object member',
      { baz: 'qux', foo: 'bar' },
      [{ op: 'remove', path: '/baz' }],
      { foo: 'bar' },
    ],
    [
      'A.4 removes an array element',
      { foo: ['bar', 'qux', 'baz'] },
      [{ op: 'remove', path: '/foo/1' }],
      { foo: ['bar', 'baz'] },
    ],
    [
      'A.5 replaces a value',
      { baz: 'qux', foo: 'bar' },
      [{ op: 'replace', path: '/baz', value: 'boo' }],
      { baz: 'boo', foo: 'bar' },
    ],
    [
      'A.6 moves a value',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'A.7 moves an array element',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      'A.8 tests a value',
      { baz: 'qux', foo: ['a', 2, 'c'] },
      [
        { op: 'test', path: '/baz', value: 'qux' },
        { op: 'test', path: '/foo/1', value: 2 },
      ],
      { baz: 'qux', foo: ['a', 2, 'c'] },
    ],
    [
      'A.10 adds a nested object',
      { foo: 'bar' },
      [{ op: 'add', path: '/child', value: { grandchild: {} } }],
      { foo: 'bar', child: { grandchild: {} } },
    ],
    [
      'A.11 ignores unknown members of an operation',
      { foo: 'bar' },
      [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }],
      { foo: 'bar', baz: 'qux' },
    ],
    [
      'A.14 unescapes ~ in the right order',
      { '/': 9, '~1': 10 },
      [{ op: 'test', path: '/~01', value: 10 }],
      { '/': 9, '~1': 10 },
    ],
    [
      'A.16 appends an array to an array',
      { foo: ['bar'] },
      [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
      { foo: ['bar', ['abc', 'def']] },
    ],
  ])('%s', (_name, members, patch, result) => {
    expect(patched(members, patch)).toEqual(result);
  });

  test.each<[string, object, object[]]>([
    ['A.9 a failed test', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }]],
    [
      'A.12 adding to a target that does not exist',
      { foo: 'bar' },
      [{ op: 'add', path: '/baz/bat', value: 'qux' }],
    ],
    [
      'A.15 a string where a number stands',
      { '/': 9, '~1': 10 },
      [{ op: 'test', path: '/~01', value: '10' }],
    ],
  ])('%s is unprocessable', (_name, members, patch) => {
    expect(problemOf(() => patched(members, patch))).toMatchObject({ kind: 'unprocessable', status: 422 });
  });

  test('A.13 a patch with a member twice is not one', () => {
    const text = '[{"op":"add","path":"/baz","value":"qux","op":"remove"}]';
    expect(problemOf(() => applyJsonPatch(asResource({}), text)).kind).toBe('structure');
  });
});

describe('a copy', () => {
  test('is independent of what it was made from', () => {
    const patch = [
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'add', path: '/b/x', value: 1 },
    ];
    expect(patched({ a: { y: 2 } }, patch)).toEqual({ a: { y: 2 }, b: { y: 2, x: 1 } });
  });
});

describe('a move', () => {
  test('to where the value is changes nothing', () => {
    expect(patched({ a: [1] }, [{ op: 'move', from: '/a/0', path: '/a/0' }])).toEqual({ a: [1] });
  });

  test('into the value itself is refused', () => {
    const problem = problemOf(() => patched({ a: { b: {} } }, [{ op: 'move', from: '/a', path: '/a/b/c' }]));
    expect(problem.findings[0]?.diagnostics).toContain('within the value that is moved');
  });
});

describe('numbers', () => {
  test('keep their digits, patched or not', () => {
    const text = '{"resourceType":"Basic","id":"1","a":1.50,"b":[2.0,1e3],"c":12345678901234567890.10}';
    const patch = '[{"op":"add","path":"/b/-","value":3.00},{"op":"move","from":"/a","path":"/d"}]';
    expect(applyJsonPatch(text, patch)).toBe(
      '{"resourceType":"Basic","id":"1","b":[2.0,1e3,3.00],"c":12345678901234567890.10,"d":1.50}',
    );
  });

  test.each([
    ['1.50', '1.5', true],
    ['150e-2', '1.5', true],
    ['0', '-0.00', true],
    ['12345678901234567890.1', '12345678901234567890.2', false],
    ['100', '1e2', true],
    ['-1', '1', false],
    ['0.10', '0.01', false],
  ])('%s and %s are tested by value', (stored, stated, same) => {
    const apply = () =>
      applyJsonPatch(
        `{"resourceType":"Basic","id":"1","a":${stored}}`,
        `[{"op":"test","path":"/a","value":${stated}}]`,
      );
    if (same) expect(apply()).toContain(stored);
    else expect(problemOf(apply).kind).toBe('unprocessable');
  });
});

test('objects are tested without regard to the order of their members', () => {
  const patch = [{ op: 'test', path: '/a', value: { y: [1, null], x: true } }];
  expect(patched({ a: { x: true, y: [1, null] } }, patch)).toEqual({ a: { x: true, y: [1, null] } });
  expect(problemOf(() => patched({ a: { x: true, y: [1, null], z: 1 } }, patch)).kind).toBe('unprocessable');
});

describe('what the server keeps cannot be patched', () => {
  const text = JSON.stringify({
    resourceType: 'Basic',
    id: '1',
    meta: { versionId: '3', lastUpdated: 'x' },
    a: 'b',
  });

  test.each([
    [{ op: 'replace', path: '/id', value: '2' }],
    [{ op: 'remove', path: '/id' }],
    [{ op: 'replace', path: '/resourceType', value: 'Patient' }],
    [{ op: 'add', path: '/meta/versionId', value: '9' }],
    [{ op: 'remove', path: '/meta/lastUpdated' }],
    [{ op: 'move', from: '/id', path: '/a' }],
    [{ op: 'copy', from: '/a', path: '/id' }],
    [{ op: 'replace', path: '', value: { resourceType: 'Basic', id: '2' } }],
    [{ op: 'replace', path: '', value: { resourceType: 'Patient', id: '1' } }],
    [{ op: 'replace', path: '', value: 'x' }],
    [{ op: 'remove', path: '' }],
  ])('%j', (operation) => {
    expect(problemOf(() => applyJsonPatch(text, JSON.stringify([operation]))).kind).toBe('unprocessable');
  });

  test('but it can be tested and copied from', () => {
    const patch = [
      { op: 'test', path: '/meta/versionId', value: '3' },
      { op: 'copy', from: '/id', path: '/a' },
    ];
    expect(JSON.parse(applyJsonPatch(text, JSON.stringify(patch))).a).toBe('1');
  });
});

describe('a patch that is malformed says where', () => {
  test.each([
    ['{}', undefined],
    ['[1]', '[0]'],
    ['[{"path":"/a"}]', '[0].op'],
    ['[{"op":"merge","path":"/a"}]', '[0].op'],
    ['[{"op":"remove","path":"/a"},{"op":"remove"}]', '[1].path'],
    ['[{"op":"remove","path":"a"}]', '[0].path'],
    ['[{"op":"remove","path":"/a~2"}]', '[0].path'],
    ['[{"op":"add","path":"/a"}]', '[0].value'],
    ['[{"op":"move","path":"/a"}]', '[0].from'],
  ])('%s', (patch, expression) => {
    const problem = problemOf(() => applyJsonPatch(asResource({}), patch));
    expect(problem.kind).toBe('structure');
    expect(problem.findings[0]?.expression).toBe(expression);
  });

  test('a patch that is not JSON', () => {
    expect(problemOf(() => applyJsonPatch(asResource({}), '[{')).kind).toBe('structure');
  });
});

test.each([
  '/a/2',
  '/a/01',
  '/a/-1',
  '/a/1e0',
  '/a/x',
  '/a/-',
  '/b',
  '/toString',
  '/constructor/name',
  '/s/0',
  '/s/length',
])('there is nothing at %s', (path) => {
  const problem = problemOf(() => patched({ a: [1, 2], s: 'text' }, [{ op: 'remove', path }]));
  expect(problem).toMatchObject({ kind: 'unprocessable' });
});

test('an index beyond the end of the list is refused, the end itself is not', () => {
  expect(patched({ a: [1] }, [{ op: 'add', path: '/a/1', value: 2 }])).toEqual({ a: [1, 2] });
  expect(
    problemOf(() => patched({ a: [1] }, [{ op: 'add', path: '/a/2', value: 2 }])).findings[0],
  ).toMatchObject({
    expression: 'Basic.a[2]',
  });
});

test('no prototype can be reached', () => {
  for (const path of [
    '/__proto__',
    '/__proto__/polluted',
    '/constructor/prototype/polluted',
    '/a/__proto__',
  ]) {
    expect(problemOf(() => patched({ a: {} }, [{ op: 'add', path, value: { polluted: true } }])).kind).toBe(
      'unprocessable',
    );
  }
  const text = '[{"op":"add","path":"/a","value":{"__proto__":{"polluted":true}}}]';
  expect(problemOf(() => applyJsonPatch(asResource({}), text)).kind).toBe('structure');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('a patch cannot grow a resource without bound', () => {
  const doubling = Array.from({ length: 40 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }));
  expect(['too-costly', 'unprocessable']).toContain(problemOf(() => patched({ a: [1] }, doubling)).kind);
  const wide = [
    { op: 'add', path: '/b', value: Array.from({ length: 2_000 }, () => 0) },
    ...Array.from({ length: 60 }, (_, at) => ({ op: 'copy', from: '/b', path: `/c${at}` })),
  ];
  expect(problemOf(() => patched({}, wide)).kind).toBe('too-costly');
  const many = Array.from({ length: 1_001 }, () => ({ op: 'test', path: '/a', value: 1 }));
  expect(problemOf(() => patched({ a: 1 }, many)).kind).toBe('too-costly');
});

test('a failed test tells the path but not the values', () => {
  const problem = problemOf(() =>
    patched({ identifier: [{ value: '194103149805' }] }, [
      { op: 'test', path: '/identifier/0/value', value: '197805232391' },
    ]),
  );
  expect(problem.findings[0]?.expression).toBe('Basic.identifier[0].value');
  expect(JSON.stringify(problem.findings)).not.toMatch(/1941|1978/);
});
