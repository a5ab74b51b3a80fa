import { allows } from '@naravard/access';
import { identifierSystems, isPersonNumber, Problem } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import { conditionOf } from '../condition.ts';
import type { Engine } from '../engine.ts';
import { checkMatcher, numberSystems } from '../operations/match.ts';

/** An identifier in canonical form, and the types among which it must be one resource's. */
export interface Asked {
  readonly types: readonly string[];
  readonly system: string;
  readonly value: string;
}

export const keyOfAsked = ({ types, system, value }: Asked): string =>
  `${[...types].sort().join()} ${system}|${value}`;

const { hsaId, organisationsnummer } = identifierSystems;
const ofHsaId = ['Practitioner', 'PractitionerRole', 'Organization', 'HealthcareService', 'Location'];

/** The types whose resources an identifier of a system is of. */
export const typesOf = (system: string): readonly string[] =>
  system === hsaId ? ofHsaId : system === organisationsnummer ? ['Organization'] : ['Patient'];

/**
 * The resources, as `Type/id`, that have each identifier, by `keyOfAsked`. Persons are found as Patient/$match finds them, by
 * whom it serves, and audited likewise; others as the caller finds them by a search. Whoever may not ask finds nothing.
 */
export async function identifiedResources(
  engine: Engine,
  context: RequestContext,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const persons = asked.filter((each) => each.types[0] === 'Patient');
  const others = asked.filter((each) => each.types[0] !== 'Patient');
  const found = await Promise.all([
    findPersons(engine, context, persons),
    findOthers(engine, context, others),
  ]);
  return new Map(found.flat());
}

type Found = (readonly [key: string, addresses: readonly string[]])[];

async function findPersons(
  { store }: Engine,
  context: RequestContext,
  asked: readonly Asked[],
): Promise<Found> {
  const wanted = asked.filter(isPersonNumber);
  if (!wanted.length || !mayMatch(context)) return [];
  const numbers = wanted.flatMap(({ system, value }) =>
    (numberSystems.get(system) ?? []).map((of) => ({ system: of, value })),
  );
  const matches = await store.match(context, numbers);
  return wanted.map((each) => [
    keyOfAsked(each),
    matches
      .filter(
        ({ number: { system, value } }) =>
          value === each.value && numberSystems.get(each.system)?.includes(system),
      )
      .map(({ id }) => `Patient/${id}`),
  ]);
}

function mayMatch({ actor }: RequestContext): boolean {
  try {
    checkMatcher(actor);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

async function findOthers(engine: Engine, context: RequestContext, asked: readonly Asked[]): Promise<Found> {
  const conditions = asked.filter(isPlain).flatMap((each) =>
    each.types
      .filter((type) => allows(context.actor.grants, type, 's'))
      .map((type) => ({
        key: keyOfAsked(each),
        query: conditionOf(engine, type, [['identifier', `${each.system}|${each.value}`]]),
        lock: false,
      })),
  );
  if (!conditions.length) return [];
  const matches = await engine.store.transaction(context, ({ resolve }) => resolve(conditions));
  const found = new Map<string, string[]>();
  for (const [at, { key }] of conditions.entries()) {
    const addresses = matches[at]?.matches.map(({ type, id }) => `${type}/${id}`) ?? [];
    found.set(key, [...(found.get(key) ?? []), ...addresses]);
  }
  return [...found];
}

/** Nothing that a search would read as more than a value. */
const isPlain = ({ value }: Asked): boolean => /^[A-Za-z0-9-]{1,64}$/.test(value);
