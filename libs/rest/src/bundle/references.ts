import { conditionalReferences, Problem, parseReference } from '@naravard/fhir';
import { matches, type Query } from '@naravard/search';
import type { Match } from '@naravard/store';
import { conditionOf } from '../condition.ts';
import type { Engine } from '../engine.ts';
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
  for (const [index, condition] of conditions.entries()) {
    const address = within(condition.entry, () => resolveOne(engine, targets, condition, found[index]));
    addresses.set(condition.text, address);
  }
  return addresses;
}

function resolveOne(
  engine: Engine,
  targets: readonly Target[],
  { type, query }: ReferenceCondition,
  found: Match | undefined,
): string {
  const ids = new Set(found?.matches.map(({ id }) => id));
  for (const target of targets) {
    if (target.type !== type || !target.id || target.existing) continue;
    const { resource } = target.planned.entry;
    const { step } = target.planned;
    const written =
      (step === 'create' || step === 'update') && typeof resource === 'object' && resource !== null;
    const rows = written ? engine.extract(type, target.id, resource) : undefined;
    if (rows && matches(query, rows, { id: target.id, lastUpdated: new Date().toISOString() }))
      ids.add(target.id);
    else if (step !== 'patch') ids.delete(target.id);
  }
  const [id] = ids;
  if (ids.size > 1)
    throw new Problem('multiple-matches', 'A conditional reference matches more than one resource.');
  if (id === undefined) {
    throw new Problem(
      'unprocessable',
      `A conditional reference to ${type} matches nothing: create it first.`,
    );
  }
  return `${type}/${id}`;
}
