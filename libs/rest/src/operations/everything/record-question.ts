import { Problem } from '@naravard/fhir';
import { type EverythingAbout, typesAboutPersons } from '@naravard/search';
import { limitOf } from '../../audit/access-log.ts';
import type { Call, Pair } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import { inputOf } from '../input.ts';
import { unknownParameter } from '../question.ts';
import { givenTypes } from './everything-query.ts';

/** http://hl7.org/fhir/R4/patient-operation-everything.html */
const known = { start: 'date', end: 'date', _since: 'date', _type: 'code', _count: 'integer' } as const;
const names = Object.keys(known);

const defaultCount = 200;
const maxCount = 1000;

/** What was posted as Parameters, as pairs of an address. @throws Problem */
export function postedPairs(engine: Engine, call: Call): Pair[] {
  const input = inputOf(engine, call, known);
  const count = input.integer('_count');
  return [
    ...(['start', 'end', '_since'] as const).flatMap((name): Pair[] => {
      const given = input.date(name);
      return given ? [[name, given.text]] : [];
    }),
    ...input.texts('_type').map((type): Pair => ['_type', type]),
    ...(count === undefined ? [] : [['_count', String(count)] as const]),
  ];
}

export type AskedRecord = Pick<EverythingAbout, 'types' | 'since' | 'after' | 'before'> & {
  readonly count: number;
};

/** @throws Problem that names the parameter at fault */
export function askedRecord(engine: Engine, pairs: readonly Pair[]): AskedRecord {
  for (const [name] of pairs) {
    if (!names.includes(name)) throw unknownParameter(name, names);
    if (name !== '_type' && pairs.filter(([other]) => other === name).length > 1)
      throw unfit(name, `Give ${name} once.`);
  }
  const given = (name: string) => pairs.find(([other]) => other === name)?.[1];
  const limit = (name: string) => {
    const value = given(name);
    return value === undefined ? null : limitOf(name, value);
  };
  const [after, before] = [limit('start')?.start ?? null, limit('end')?.end ?? null];
  if (after !== null && before !== null && Date.parse(after) >= Date.parse(before))
    throw unfit('end', 'end must not be before start.');
  return {
    types: typesAsked(engine, pairs),
    since: limit('_since')?.start ?? null,
    after,
    before,
    count: countOf(given('_count')),
  };
}

function countOf(value: string | undefined): number {
  if (value === undefined) return defaultCount;
  if (/^[1-9]\d{0,8}$/.test(value)) return Math.min(Number(value), maxCount);
  throw unfit('_count', `_count must be a whole number from 1 to ${maxCount}.`);
}

/** Those of `_type`, each once; all without it. */
function typesAsked(engine: Engine, pairs: readonly Pair[]): string[] {
  const all = givenTypes(engine);
  const chosen = new Set(pairs.flatMap(([name, value]) => (name === '_type' ? value.split(',') : [])));
  if (!chosen.size) return all;
  if ([...chosen].some((type) => !all.includes(type)))
    throw unfit('_type', 'A name in _type is no type that $everything gives here: see /metadata.');
  if (typesAboutPersons(engine.catalog, chosen).length) return [...chosen];
  throw unfit(
    '_type',
    'What is about no person comes with what refers to it: name that type too, as _type=Encounter,Organization.',
  );
}

const unfit = (expression: string, diagnostics: string): Problem =>
  new Problem('bad-request', { severity: 'error', expression, diagnostics });
