import { parseReference } from '@naravard/fhir';
import type { Query } from '@naravard/search';
import type { OriginTarget } from '@naravard/store';

/** Parameters beside `target` that leave a search for the Provenance of something what it is. */
const shaping: ReadonlySet<string> = new Set(['_type', '_count', '_total', '_summary', '_elements']);

/** A search of Provenance by what it is about. */
const byTarget = ({ parts: [part, ...others] }: Query): boolean =>
  part?.type === 'Provenance' &&
  !others.length &&
  part.conditions.some(
    (condition) => condition.kind === 'reference' && condition.parameter.code === 'target',
  );

const pairsOf = ({ self }: Query): [string, string][] => [...new URLSearchParams(self)];

const isTarget = (name: string): boolean => /^target(?::|$)/.test(name);

/**
 * The resources and versions that a search asks the Provenance of, by `target` once and nothing else that selects or sorts;
 * undefined for any other search. `types`: those that an id without a type may be of.
 */
export function targetsOf(query: Query, types: Iterable<string>, base: string): OriginTarget[] | undefined {
  if (!byTarget(query) || query.parts[0]?.conditions.length !== 1) return undefined;
  const pairs = pairsOf(query);
  const [asked, ...more] = pairs.filter(([name]) => isTarget(name));
  if (!asked || more.length || !pairs.every(([name]) => isTarget(name) || shaping.has(name)))
    return undefined;
  const [name, value] = asked;
  const modifier = name.split(':')[1];
  if (modifier === 'identifier' || modifier === 'missing' || name.includes('.')) return undefined;
  return distinct(value.split(',').flatMap((text) => targetOf(text, modifier, types, base)));
}

function targetOf(
  text: string,
  modifier: string | undefined,
  types: Iterable<string>,
  base: string,
): OriginTarget[] {
  const parsed = parseReference(text, base);
  if (parsed.kind === 'relative') {
    const { type, id, version } = parsed;
    if (version === undefined) return [{ type, id }];
    // No version has another form.
    return /^[1-9]\d{0,8}$/.test(version) ? [{ type, id, version: Number(version) }] : [];
  }
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(text)) return [];
  return modifier === undefined
    ? [...types].map((type) => ({ type, id: text }))
    : [{ type: modifier, id: text }];
}

/** Each version once: all versions of a resource hold every one of them. */
function distinct(targets: readonly OriginTarget[]): OriginTarget[] {
  const whole = new Set(
    targets.filter(({ version }) => version === undefined).map(({ type, id }) => `${type}/${id}`),
  );
  const kept = targets.filter(
    ({ type, id, version }) => version === undefined || !whole.has(`${type}/${id}`),
  );
  return [...new Map(kept.map((each) => [`${each.type}/${each.id}/${each.version}`, each])).values()];
}

/**
 * The ids that a search of Provenance asks for, each once, by `_id` once and nothing else that selects or sorts; undefined for
 * any other search.
 */
export function idsOf(query: Query): string[] | undefined {
  const { parts } = query;
  if (parts.length !== 1 || parts[0]?.type !== 'Provenance' || parts[0].conditions.length !== 1)
    return undefined;
  const pairs = pairsOf(query);
  const [asked, ...more] = pairs.filter(([name]) => name === '_id');
  if (!asked || more.length || !pairs.every(([name]) => name === '_id' || shaping.has(name)))
    return undefined;
  return [...new Set(asked[1].split(','))];
}

/** Whether versions might have a Provenance that the search does not find, since it selects or sorts in other ways. */
export const isPartial = (query: Query): boolean =>
  (byTarget(query) && targetsOf(query, [], '') === undefined) || (byId(query) && idsOf(query) === undefined);

/** By an id that may be of one that is rendered. */
const byId = (query: Query): boolean =>
  query.parts[0]?.type === 'Provenance' &&
  pairsOf(query).some(
    ([name, value]) => name === '_id' && value.split(',').some((id) => renderedId.test(id)),
  );

const renderedId = /^[0-9a-f]{64}$/;

/** Whether the Provenance of the matches is to come with them. */
export const includesProvenance = ({ includes }: Query): boolean =>
  includes.some(
    ({ reverse, type, parameter }) =>
      reverse && type === 'Provenance' && (parameter?.code ?? 'target') === 'target',
  );
