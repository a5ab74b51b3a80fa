import { Problem } from '@naravard/fhir';
import type { DeleteWrite, Stored, Transaction, Written } from '@naravard/store';
import type { Call } from '../call.ts';
import { movingProblem } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { createsOnly, expectedVersion } from '../etag.ts';
import { stagePatch } from '../interactions/patch.ts';
import { createdOver, updateMode } from '../interactions/update.ts';
import { deletedReply, type Reply, writtenReply } from '../reply.ts';
import type { StagedWrite } from '../rules/staged-write.ts';
import { type Incoming, type Staged, stage } from '../stage.ts';
import { askedOf, failureOf } from '../written.ts';
import { atEntry } from './at-entry.ts';
import type { Entry } from './entries.ts';
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

/** Deletes are not: one of what the caller may not see is done already, and must not undo the others. */
const isPlain = ({ writing, reading, references }: Plan): boolean =>
  !reading.length &&
  !references.length &&
  writing.every(
    (each) => !each.condition && (each.step === 'create' || (each.step === 'update' && !createsOnlyAt(each))),
  );

const createsOnlyAt = ({ step, call }: Planned): boolean => step === 'update' && createsOnly(call.conditions);

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
  const { targets, addresses, currents } = await settle(engine, plan, transaction);
  const staged = stageAll(engine, outer, targets, addresses, currents);
  const written = staged.length ? await transaction.write(staged.map(({ write }) => write)) : [];
  const replies = repliesOf(staged, written);
  for (const [index, reply] of await existingReplies(transaction, targets)) replies.set(index, reply);
  for (const [index, reply] of await readReplies(engine, transaction, plan.reading))
    replies.set(index, reply);
  return replies;
}

/** The resources that writes start from, by `Type/id`; locked. */
type Currents = ReadonlyMap<string, Stored>;

interface Settled {
  targets: readonly Target[];
  addresses: ReadonlyMap<string, string>;
  currents: Currents;
}

const attempts = 5;

/** Resolves the conditions and locks what they match; asks anew where that has changed before it could be locked. */
async function settle(engine: Engine, plan: Plan, transaction: Transaction): Promise<Settled> {
  const { writing, references } = plan;
  const conditions = [
    ...writing.flatMap(({ condition }) => (condition ? [{ query: condition, lock: true }] : [])),
    ...references.map(({ query }) => ({ query, lock: false })),
  ];
  const own = conditions.length - references.length;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = conditions.length ? await transaction.resolve(conditions) : [];
    const targets = targetsOf(engine, writing, found.slice(0, own));
    const currents = await currentsOf(targets, transaction);
    const stands = targets.every(
      ({ type, id, version }) => version === undefined || currents.get(`${type}/${id}`)?.version === version,
    );
    if (stands) {
      return { targets, addresses: addressesOf(engine, targets, references, found.slice(own)), currents };
    }
  }
  throw movingProblem();
}

/** Empty unless a target stands on its current version; then of all at once, so that rows are locked in one order. */
async function currentsOf(targets: readonly Target[], transaction: Transaction): Promise<Currents> {
  const standing = ({ planned, version }: Target) =>
    version !== undefined || planned.step === 'patch' || createsOnlyAt(planned);
  if (!targets.some(standing)) return new Map();
  const keys = targets
    .filter(({ planned, id }) => planned.step !== 'create' && id !== '')
    .map(({ type, id }) => ({ type, id }));
  const currents = await transaction.current(keys);
  return new Map(
    currents.flatMap((stored) => (stored ? [[`${stored.type}/${stored.id}`, stored] as const] : [])),
  );
}

interface StagedEntry {
  planned: Planned;
  write: StagedWrite | DeleteWrite;
  warnings: Staged['warnings'];
}

/** Every write of the transaction, checked, in the order of http://hl7.org/fhir/R4/http.html#trules. */
function stageAll(
  engine: Engine,
  outer: Call,
  targets: readonly Target[],
  addresses: ReadonlyMap<string, string>,
  currents: Currents,
): StagedEntry[] {
  const writing = targets.filter(({ id, existing }) => id !== '' && !existing);
  refuseOverlap(writing);
  return writing
    .toSorted((a, b) => rank(a) - rank(b))
    .map((target) => {
      const { entry } = target.planned;
      const staged = within(entry, () => stageOne(engine, outer, target, addresses, currents));
      if (staged.write.kind === 'put') staged.write.entry = entry.index;
      return staged;
    });
}

const order: readonly string[] = ['delete', 'create', 'update', 'patch'];
const rank = ({ planned }: Target): number => order.indexOf(planned.step);

function stageOne(
  engine: Engine,
  { context }: Call,
  { planned, type, id, incoming }: Target,
  addresses: ReadonlyMap<string, string>,
  currents: Currents,
): StagedEntry {
  const { call, step, entry } = planned;
  const expected = expectedVersion(call.conditions.ifMatch);
  if (step === 'delete') {
    return { planned, write: { kind: 'delete', type, id, expected }, warnings: [] };
  }
  if (step === 'patch') return { planned, ...stagePatch(engine, call, currents.get(`${type}/${id}`)) };
  const text = readdress(call.body, entry.fullUrl, addresses);
  const resource = text === call.body ? entry.resource : JSON.parse(text);
  const asked: Incoming = incoming
    ? { ...incoming, text, resource }
    : step === 'create'
      ? { type, id, text, resource, method: 'POST', mode: 'create' }
      : { type, id, text, resource, method: 'PUT', mode: updateMode(call), expected };
  const settled = createsOnlyAt(planned) ? createdOver(asked, currents.get(`${type}/${id}`)) : asked;
  return { planned, ...stage(engine, context, settled) };
}

/** @throws Problem at the entry that was refused; others may be absent only because all were undone. */
function repliesOf(staged: readonly StagedEntry[], written: readonly Written[]): Replies {
  const results = staged.map((each, index) => {
    const one = written[index];
    if (!one) throw atEntry(each.planned.entry, new Problem('internal'));
    return { ...each, one, failure: failureOf(one, askedOf(each.write, each.planned.call)) };
  });
  const failed = results.filter(({ failure }) => failure);
  const blamed = failed.find(({ one }) => one.result !== 'absent') ?? failed[0];
  if (blamed?.failure) throw atEntry(blamed.planned.entry, blamed.failure);
  return new Map(
    results.map(({ planned, write, warnings, one }) => {
      const reply =
        write.kind === 'put'
          ? writtenReply(write, one, warnings, planned.call.prefer.return)
          : deletedReply(one);
      return [planned.entry.index, reply] as const;
    }),
  );
}
