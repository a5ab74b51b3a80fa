import { Problem } from '@naravard/fhir';
import type { Stored, Transaction, Write, Written } from '@naravard/store';
import type { Call } from '../call.ts';
import type { Engine } from '../engine.ts';
import { expectedVersion } from '../etag.ts';
import { stagePatch } from '../interactions/patch.ts';
import { updateMode } from '../interactions/update.ts';
import { deletedReply, type Reply, writtenReply } from '../reply.ts';
import { type Staged, stage } from '../stage.ts';
import { failureOf } from '../written.ts';
import { atEntry, type Entry } from './entries.ts';
import { type Planned, planOf, within } from './plan.ts';
import { readdress } from './readdress.ts';
import { existingReplies, readReplies } from './reads.ts';
import { addressesOf, type ReferenceCondition, referenceConditions } from './references.ts';
import { refuseOverlap, type Target, targetsOf } from './targets.ts';

/**
 * http://hl7.org/fhir/R4/http.html#transaction: all entries or none. What has to be looked up (conditions, conditional
 * references) is looked up in one call and everything is written in one call, whatever the number of entries; without
 * anything to look up it is a single call to the store.
 */
export async function runTransaction(
  engine: Engine,
  outer: Call,
  entries: readonly Entry[],
): Promise<Reply[]> {
  const planned = planOf(engine, outer, entries);
  const isRead = ({ step }: Planned) => step === 'read' || step === 'search';
  const plan: Plan = {
    writing: planned.filter((each) => !isRead(each)),
    reading: planned.filter(isRead),
    references: referenceConditions(engine, planned),
  };
  const { context } = outer;
  const replies = isPlain(plan)
    ? await runPlain(engine, outer, plan)
    : await engine.store.transaction(context, (transaction) => run(engine, outer, plan, transaction));
  return entries.map(({ index }) => replies.get(index) ?? { status: 204 });
}

interface Plan {
  writing: readonly Planned[];
  reading: readonly Planned[];
  references: readonly ReferenceCondition[];
}

/** Replies by index of their entry. */
type Replies = Map<number, Reply>;

const isPlain = ({ writing, reading, references }: Plan): boolean =>
  !reading.length &&
  !references.length &&
  writing.every(({ step, condition }) => step !== 'patch' && !condition);

async function runPlain(engine: Engine, outer: Call, { writing }: Plan): Promise<Replies> {
  const targets = targetsOf(engine, writing, []);
  const staged = stageAll(engine, outer, targets, addressesOf(engine, targets, [], []), new Map());
  const written = await engine.store.write(
    outer.context,
    staged.map(({ write }) => write),
  );
  return repliesOf(staged, written);
}

async function run(engine: Engine, outer: Call, plan: Plan, transaction: Transaction): Promise<Replies> {
  const { writing, reading, references } = plan;
  const conditions = [
    ...writing.flatMap(({ condition }) => (condition ? [{ query: condition, lock: true }] : [])),
    ...references.map(({ query }) => ({ query, lock: false })),
  ];
  const found = conditions.length ? await transaction.resolve(conditions) : [];
  const own = conditions.length - references.length;
  const targets = targetsOf(engine, writing, found.slice(0, own));
  const addresses = addressesOf(engine, targets, references, found.slice(own));
  const currents = await currentsOf(targets, transaction);
  const staged = stageAll(engine, outer, targets, addresses, currents);
  const written = staged.length ? await transaction.write(staged.map(({ write }) => write)) : [];
  const replies = repliesOf(staged, written);
  for (const [index, reply] of await existingReplies(transaction, targets)) replies.set(index, reply);
  for (const [index, reply] of await readReplies(engine, transaction, reading)) replies.set(index, reply);
  return replies;
}

/** The resources that patches start from, by `Type/id`. */
async function currentsOf(
  targets: readonly Target[],
  transaction: Transaction,
): Promise<ReadonlyMap<string, Stored>> {
  if (!targets.some(({ planned }) => planned.step === 'patch')) return new Map();
  // All that will be written is locked at once: locks taken in two rounds would let two transactions wait in a circle.
  const currents = await transaction.current(targets.map(({ type, id }) => ({ type, id })));
  return new Map(
    currents.flatMap((stored) => (stored ? [[`${stored.type}/${stored.id}`, stored] as const] : [])),
  );
}

interface StagedEntry {
  planned: Planned;
  write: Write;
  warnings: Staged['warnings'];
}

/** Every write of the transaction, checked, in the order of http://hl7.org/fhir/R4/http.html#trules. */
function stageAll(
  engine: Engine,
  outer: Call,
  targets: readonly Target[],
  addresses: ReadonlyMap<string, string>,
  currents: ReadonlyMap<string, Stored>,
): StagedEntry[] {
  const writing = targets.filter(({ id, existing }) => id !== '' && !existing);
  refuseOverlap(writing);
  return writing
    .toSorted((a, b) => rank(a) - rank(b))
    .map((target) =>
      within(target.planned.entry, () => stageOne(engine, outer, target, addresses, currents)),
    );
}

const order: readonly string[] = ['delete', 'create', 'update', 'patch'];
const rank = ({ planned }: Target): number => order.indexOf(planned.step);

function stageOne(
  engine: Engine,
  { context }: Call,
  { planned, type, id, version, incoming }: Target,
  addresses: ReadonlyMap<string, string>,
  currents: ReadonlyMap<string, Stored>,
): StagedEntry {
  const { call, step, entry } = planned;
  const expected = expectedVersion(call.conditions.ifMatch);
  if (step === 'delete') {
    return { planned, write: { kind: 'delete', type, id, expected: expected ?? version }, warnings: [] };
  }
  if (step === 'patch') return { planned, ...stagePatch(engine, call, currents.get(`${type}/${id}`)) };
  const text = readdress(call.body, entry.fullUrl, addresses);
  const resource = text === call.body ? entry.resource : JSON.parse(text);
  if (incoming) return { planned, ...stage(engine, context.actor, { ...incoming, text, resource }) };
  if (step === 'create') {
    return {
      planned,
      ...stage(engine, context.actor, { type, id, text, resource, method: 'POST', mode: 'create' }),
    };
  }
  const mode = updateMode(call);
  return {
    planned,
    ...stage(engine, context.actor, { type, id, text, resource, method: 'PUT', mode, expected }),
  };
}

function repliesOf(staged: readonly StagedEntry[], written: readonly Written[]): Replies {
  return new Map(
    staged.map(({ planned, write, warnings }, index) => {
      const { entry, call } = planned;
      const one = written[index];
      const failure = one && failureOf(one, entry.method);
      if (!one || failure) throw atEntry(entry, failure ?? new Problem('internal'));
      const reply =
        write.kind === 'put' ? writtenReply(write, one, warnings, call.prefer.return) : deletedReply(one);
      return [entry.index, reply] as const;
    }),
  );
}
