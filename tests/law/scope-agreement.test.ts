import {
  type Caller,
  type Decision,
  decide,
  grounds,
  lawRule,
  type StatedFact,
  type SystemCaller,
  sameActor,
} from '@naravard/access';
import {
  compileGround,
  compileScope,
  compileSights,
  compileUnmasked,
  type Scope,
  SqlBuilder,
} from '@naravard/search';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isDeceased } from '../../libs/access/src/deceased.ts';
import { factsOf } from '../../libs/access/src/facts-of.ts';
import { relatedWithin } from '../../libs/access/src/relation.ts';
import { rowOf } from '../../libs/access/src/row-of.ts';
import { type FactDatabase, openFactDatabase } from './agreement/fact-database.ts';
import { type World, world } from './agreement/world.ts';

let database: FactDatabase;
beforeAll(async () => {
  database = await openFactDatabase();
});
afterAll(() => database.drop());

/** With facts of their own; 2,000 in all in the full run. */
const PATIENTS = 40;
const worlds = fc.sample(world(PATIENTS), { seed: 4, numRuns: process.env.NARAVARD_FULL ? 50 : 6 });

/** What the pure decision says of each row. */
function decided({ rows, facts }: World, caller: Caller, at: string): Map<string, Decision> {
  const joined = facts.filter(({ patient }) => patient === null);
  const about = Map.groupBy(facts, ({ patient }) => patient);
  return new Map(
    rows.map((row) => {
      const { patient } = row;
      const stated = [...(patient === null ? [] : (about.get(patient) ?? [])), ...joined];
      return [row.id, decide(caller, factsOf(patient ?? '', stated), rowOf(row), at)];
    }),
  );
}

/** The ground on which it shows each. */
const groundsOf = (decisions: ReadonlyMap<string, Decision>): Map<string, string | null> =>
  new Map([...decisions].map(([id, { allowed, reason }]) => [id, allowed ? reason : null]));

test('the SQL of the law shows what the decision shows, on the same grounds, asked row by row or once a patient', async () => {
  const met = new Set<string | null>();
  for (const each of worlds) {
    await database.fill(each);
    for (const { caller, at } of each.asked) {
      const answers = groundsOf(decided(each, caller, at));
      for (const form of ['inline', 'bound'] as const) {
        const seen = await database[form](caller, at);
        const of = form === 'inline' ? each.rows : each.rows.filter(({ patient }) => patient !== null);
        expect(seen.length).toBe(of.length);
        const wrong = seen.filter(
          ({ id, ground, visible, reached }) =>
            ground !== answers.get(id) ||
            visible !== (ground !== null) ||
            (visible && !reached && each.rows.find((row) => row.id === id)?.patient !== null),
        );
        expect(
          wrong.map((row) => ({
            ...told(each, row.id),
            row,
            decided: answers.get(row.id),
            caller,
            at,
            form,
          })),
        ).toEqual([]);
      }
      for (const ground of answers.values()) met.add(ground);
    }
  }
  expect(Object.keys(grounds).filter((ground) => !met.has(ground))).toEqual([]);
}, 300_000);

test('the SQL of what is masked says what the decision says, of whatever is seen', async () => {
  const met = new Set<string>();
  for (const each of worlds) {
    await database.fill(each);
    for (const { caller, at } of each.asked) {
      const decisions = decided(each, caller, at);
      for (const form of ['inline', 'bound'] as const) {
        for (const { id, visible, unmasked } of await database[form](caller, at)) {
          const mask = decisions.get(id)?.mask;
          if (visible) {
            met.add(`${caller.kind} ${mask}`);
            expect({ ...told(each, id), caller, at, form, unmasked }).toEqual({
              ...told(each, id),
              caller,
              at,
              form,
              unmasked: mask !== 'protected-identity',
            });
          }
        }
      }
    }
  }
  const masks = ['none', 'protected-identity', 'warning'];
  expect([...met].filter((each) => /^(staff|system)/.test(each)).sort()).toEqual(
    ['staff', 'system'].flatMap((kind) => masks.map((mask) => `${kind} ${mask}`)),
  );
}, 300_000);

test('staff may write about whom they have an own relation to, a person about the own patient', async () => {
  const [each] = worlds;
  if (!each) throw new Error('a world');
  await database.fill(each);
  const patients = [...new Set(each.facts.flatMap(({ patient }) => patient ?? []))];
  const about = Map.groupBy(each.facts, ({ patient }) => patient);
  for (const { caller, at } of each.asked) {
    const expected = patients.filter((patient) => mayWrite(caller, patient, about.get(patient) ?? [], at));
    expect([caller, (await database.related(caller, at, patients)).sort()]).toEqual([
      caller,
      expected.sort(),
    ]);
  }
});

function mayWrite(caller: Caller, patient: string, stated: readonly StatedFact[], at: string): boolean {
  const facts = factsOf(patient, stated);
  switch (caller.kind) {
    case 'staff':
      return (
        caller.commission.purpose === 'Vård och behandling' && relatedWithin(facts, caller.commission, at)
      );
    case 'patient':
      return caller.patient === patient && !isDeceased(facts, at);
    case 'guardian': {
      const row = { type: 'CarePlan', patient, custodian: null, author_unit: null, labels: [], starts: null };
      return decide(caller, facts, rowOf(row), at).reason === 'guardian-under-13';
    }
    case 'system':
      return (
        caller.onBehalfOf === null || (isOwn(caller) && mayWrite(caller.onBehalfOf, patient, stated, at))
      );
    case 'administrator':
      return false;
    default:
      return caller satisfies never;
  }
}

const isOwn = ({ onBehalfOf, organisation }: SystemCaller): boolean =>
  onBehalfOf?.kind !== 'staff' || sameActor(onBehalfOf.commission.organisation, organisation);

test('an instant that cannot be read shows nothing', async () => {
  for (const { caller } of worlds[0]?.asked ?? []) {
    const seen = await database.inline(caller, 'now');
    expect(seen.filter(({ ground, visible }) => ground !== null || visible)).toEqual([]);
  }
});

test('callers of one shape share a text, and differ in values alone', () => {
  const texts = new Map<string, Set<string>>();
  for (const { caller, at } of worlds.flatMap(({ asked }) => asked)) {
    const rule = lawRule(caller, at) as Scope;
    const sql = new SqlBuilder();
    const text = `${compileSights(rule, 'p', sql)} ${compileGround(rule, 'r', sql)} ${compileScope(rule, 'r', sql)} ${compileUnmasked(rule, 'r', sql)}`;
    texts.set(rule.shape, (texts.get(rule.shape) ?? new Set()).add(text));
    expect(sql.values.length).toBeLessThanOrEqual(6);
  }
  expect([...texts.values()].map(({ size }) => size)).toEqual([...texts.values()].map(() => 1));
});

/** What a disagreement is about. */
const told = ({ rows, facts }: World, id: string) => {
  const key = rows.find((row) => row.id === id);
  return { key, facts: facts.filter(({ patient }) => patient === key?.patient) };
};
