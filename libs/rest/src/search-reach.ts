import { Problem } from '@naravard/fhir';
import { parseQuery, type Query, reachedTypes, typesWithin } from '@naravard/search';
import type { Call, Pair, SearchReach } from './call.ts';
import type { Engine } from './engine.ts';

/**
 * The log is no stored resource: it is found at its own addresses, by their own parameters and rights, and by no other search.
 */
const LOG = 'AuditEvent';

const notTheLog = (expression?: string): Problem =>
  new Problem('unknown-parameter', {
    severity: 'error',
    ...(expression !== undefined && { expression }),
    diagnostics: `${LOG} is searched on its own, at [base]/${LOG} or Patient/[id]/${LOG}: leave it out here.`,
  });

export const reachOfType = (type: string): SearchReach => ({ path: type, types: [type], choice: false });

/** http://hl7.org/fhir/R4/http.html#search: all types that are mounted here, or those that `_type` names. */
export const reachOfSystem = ({ mounted }: Engine): SearchReach => ({
  path: '',
  types: [...mounted].filter((type) => type !== LOG),
  choice: true,
});

/**
 * http://hl7.org/fhir/R4/search.html#searchcontexts: one type of a compartment, or with `*` every type that is mounted.
 * @throws Problem 'unknown-route' when the type is never in it.
 */
export function reachOfCompartment(engine: Engine, { compartment: name, id, type }: Call): SearchReach {
  if (type === LOG) throw notTheLog();
  const all = type === '*';
  const types = typesWithin(engine.definitions, name, all ? reachOfSystem(engine).types : [type]);
  if (!types.length) {
    throw new Problem(
      'unknown-route',
      `R4 puts no ${all ? 'type that is served here' : type} into the compartment of ${name}: search by parameters instead.`,
    );
  }
  return { path: `${name}/${id}/${type}`, types, compartment: { name, id }, choice: all };
}

/** How a search's parameters are read. */
export interface Reading {
  readonly lenient: boolean;
  /** Epoch milliseconds that relative values are read at. */
  readonly now: number;
}

/** @throws Problem that names the parameter at fault. */
export function parseSearch(
  engine: Engine,
  reach: SearchReach,
  pairs: readonly Pair[],
  { lenient, now }: Reading,
): Query {
  const chosen = reach.choice ? chosenTypes(reach, pairs) : undefined;
  const parameters = chosen ? pairs.filter(([name]) => name !== '_type') : pairs;
  const query = parseQuery(engine.catalog, chosen ?? reach.types, parameters, {
    handling: lenient ? 'lenient' : 'strict',
    base: engine.base,
    now: new Date(now),
    compartment: reach.compartment,
    needs: engine.searchNeeds,
    maxChain: engine.limits.chain,
    maxIncluded: engine.limits.included,
  });
  if (reachedTypes(query).has(LOG)) throw notTheLog();
  return chosen
    ? { ...query, self: [`_type=${chosen.join(',')}`, query.self].filter(Boolean).join('&') }
    : query;
}

/** The types that `_type` names, each once; undefined without it. */
function chosenTypes({ types, path }: SearchReach, pairs: readonly Pair[]): readonly string[] | undefined {
  const [asked, ...more] = pairs.filter(([name, value]) => name === '_type' && value !== '');
  if (!asked) return undefined;
  const chosen = [...new Set(asked[1].split(','))];
  if (chosen.includes(LOG)) throw notTheLog('_type');
  const foreign = chosen.find((type) => !types.includes(type));
  if (!more.length && foreign === undefined) return chosen;
  const named =
    foreign !== undefined && /^[A-Za-z]{1,64}$/.test(foreign) ? `${foreign} is` : 'a name in it is';
  const where = path ? 'in this compartment' : 'served here';
  throw new Problem('bad-request', {
    severity: 'error',
    expression: '_type',
    diagnostics: more.length
      ? 'Give _type once, with commas between the types.'
      : `The value of '_type' cannot be used: ${named} no type ${where}; see /metadata.`,
  });
}

/** The address of a search's answers. */
export const addressOf = ({ base }: Engine, { path }: SearchReach): string =>
  path ? `${base}/${path}` : base;

/** The address that asks for `query` again. */
export const selfOf = (engine: Engine, reach: SearchReach, { self }: Query): string =>
  self ? `${addressOf(engine, reach)}?${self}` : addressOf(engine, reach);

/** What was asked for, as the audit keeps it; of a search that is not of one type with its path. */
export const askedOf = ({ path, compartment, types }: SearchReach, { self }: Query): string =>
  compartment || types.length !== 1 ? `${path}?${self}` : self;
