import { conditionalReferences, Problem, parseReference } from '@naravard/fhir';
import { followsRelation, type IndexRows, matches, type Query } from '@naravard/search';
import type { Match } from '@naravard/store';
import { conditionOf } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { validated } from '../stage.ts';
import { type Planned, within } from './plan.ts';
import type { Target } from './targets.ts';

/** A conditional reference and the first entry that holds it. */
export interface ReferenceCondition {
  /** As it stands in the text: `Practitioner?identifier=...`. */
  text: string;
  type: string;
  query: Query;
  entry: { index: number };
}

/** The conditional references of all entries, each once. http://hl7.org/fhir/R4/http.html#trules */
export function referenceConditions(engine: Engine, planned: readonly Planned[]): ReferenceCondition[] {
  const found = new Map<string, ReferenceCondition>();
  for (const { entry, step } of planned) {
    if (entry.text === undefined || (step !== 'create' && step !== 'update')) continue;
    for (const text of conditionalReferences(entry.text)) {
      if (!found.has(text))
        found.set(
          text,
          within(entry, () => readCondition(engine, text, entry)),
        );
    }
  }
  return [...found.values()];
}

function readCondition(engine: Engine, text: string, { index }: { index: number }): ReferenceCondition {
  const parsed = parseReference(text);
  if (parsed.kind !== 'conditional' || !engine.definitions.resourceTypes.has(parsed.type)) {
    throw new Problem(
      'unprocessable',
      'A conditional reference must be Type?query with a resource type of R4.',
    );
  }
  return { text, type: parsed.type, query: conditionOf(engine, parsed.type, parsed.query), entry: { index } };
}

/**
 * Old address -> `Type/id`, for every fullUrl that is written and every conditional reference. References are resolved
 * last (step 5), so what the same transaction writes counts: for those the index rows are matched in memory.
 * @throws Problem 'unprocessable' or 'multiple-matches' where a reference has not exactly one match.
 */
export function addressesOf(
  engine: Engine,
  targets: readonly Target[],
  conditions: readonly ReferenceCondition[],
  found: readonly Match[],
): Map<string, string> {
  const addresses = new Map<string, string>();
  for (const { planned, type, id } of targets) {
    if (planned.entry.fullUrl !== undefined && id) addresses.set(planned.entry.fullUrl, `${type}/${id}`);
  }
  const written = writtenRows(engine, targets, new Set(conditions.map(({ type }) => type)));
  for (const [index, condition] of conditions.entries()) {
    const address = within(condition.entry, () => resolveOne(written, condition, found[index]));
    addresses.set(condition.text, address);
  }
  return addresses;
}

/** What a transaction makes of a resource: its index rows, or null when it deletes it. */
interface WrittenRows {
  type: string;
  id: string;
  rows: IndexRows | null;
}

/** The creates, updates and deletes of the types that conditional references ask for. */
function writtenRows(engine: Engine, targets: readonly Target[], types: ReadonlySet<string>): WrittenRows[] {
  const changing = targets.filter(({ type, id, existing, planned }) => {
    return types.has(type) && id !== '' && !existing && planned.step !== 'patch';
  });
  return changing.map(({ type, id, planned: { entry, step } }) =>
    within(entry, () => {
      if (step === 'delete') return { type, id, rows: null };
      const resource = Object(entry.resource) as object;
      validated(engine, resource);
      return { type, id, rows: engine.extract(type, id, resource) };
    }),
  );
}

/** What the transaction writes may meet a condition, but for chains and `_has`: those are asked of what is stored alone. */
function resolveOne(
  written: readonly WrittenRows[],
  { type, query }: ReferenceCondition,
  found: Match | undefined,
): string {
  const ids = new Set(found?.matches.map(({ id }) => id));
  const lastUpdated = new Date().toISOString();
  const isRelated = query.parts.some(({ conditions }) => conditions.some(followsRelation));
  for (const { id, rows } of written.filter((each) => each.type === type)) {
    if (rows && isRelated) continue;
    if (rows && query.parts.some((part) => matches(part, rows, { id, lastUpdated }))) ids.add(id);
    else ids.delete(id);
  }
  const [id] = ids;
  if (ids.size > 1) {
    throw new Problem('multiple-matches', 'A conditional reference matches more than one resource.');
  }
  if (id !== undefined) return `${type}/${id}`;
  throw new Problem('unprocessable', `A conditional reference to ${type} matches nothing: create it first.`);
}
