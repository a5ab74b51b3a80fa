import type { Interaction } from '@naravard/rest';
import type { PersonaId } from '@naravard/testkit';
import fc from 'fast-check';
import { bodyOf, bundles, seeds } from './fuzz-bodies.ts';
import { parametersOf, queryOf, type Told } from './fuzz-queries.ts';

/** One request, which JSON shows whole. */
export interface FuzzRequest {
  as: PersonaId | null;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

const ids = ['fuzz-1', 'fuzz-1', 'fuzz-1', 'fuzz-2'];
const oddIds = [
  'unknown',
  '194103149805',
  '..',
  'a%2fb',
  '%00',
  '%0d%0aX-A:b',
  '%C0%AF',
  '%ED%A0%80',
  '%ZZ',
  'a_b',
  '$everything',
  '_search',
  'x'.repeat(65),
  '%F0%9F%92%A9',
  '19410314-9805',
  ' ',
];
const versions = ['1', '2', '0', '-1', '999999999999999999999', 'a', '%00'];
const types = ['Patient', 'CareTeam', 'CarePlan', 'Encounter'];
const oddTypes = [
  'AuditEvent',
  'CodeSystem',
  'ValueSet',
  'Binary',
  'Bundle',
  'Nothing',
  '*',
  '__proto__',
  'a%2f',
];

/** What there is to ask for. */
export interface Served {
  interactions: readonly Interaction[];
  /** By type of resource. */
  searchParameters: ReadonlyMap<string, readonly Told[]>;
  /** By name of operation, without `$`. */
  operations: ReadonlyMap<string, readonly Told[]>;
}

/** Nearly always the first: each request shall be odd in one thing or two, and otherwise get through. */
const often = <T>(usual: readonly T[], odd: readonly T[], weight = 20) =>
  fc.oneof(
    { weight, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );

function segment(pattern: string, type: string): fc.Arbitrary<string> {
  if (pattern === ':type') return often([type], oddTypes);
  if (pattern === ':compartment') return often(['Patient'], oddTypes);
  if (pattern === ':version') return often(['1', '2'], versions);
  if (pattern.startsWith(':')) return often(ids, oddIds);
  return often([pattern], [`${pattern}x`, '$nothing', '%2e%2e'], 60);
}

const pathOf = (route: string, type: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...route
        .split('/')
        .slice(1)
        .map((pattern) => segment(pattern, type)),
    )
    .map((segments) => segments.map((each) => `/${each}`).join(''));

/** Half of the requests are about what is stored, whose rows of the table are the fewer. */
const isOfStored = ({ route }: Interaction): boolean => !/\$|^\/AuditEvent/.test(route);

const isConditional = (method: string, route: string): boolean => method !== 'POST' && route === '/:type';

/** The resource that a request is about, with the id of its address. */
function subjectOf(served: Served, route: string, type: string, path: string): fc.Arbitrary<object> {
  if (route === '' || route === '/') return fc.constantFrom(...bundles);
  const operation = /\$([a-z-]+)$/.exec(route)?.[1];
  if (operation !== undefined) return parametersOf(served.operations.get(operation) ?? [], seeds);
  const ofType = seeds.filter(({ resourceType }) => resourceType === type);
  const [, , id] = path.split('/');
  return fc.constantFrom(...(ofType.length ? ofType : seeds)).map((seed) => (id ? { ...seed, id } : seed));
}

/** What may stand in the query: of a search all that the type is found by, of an operation its own. */
const toldOf = ({ searchParameters, operations }: Served, route: string, type: string): readonly Told[] =>
  operations.get(/\$([a-z-]+)$/.exec(route)?.[1] ?? '') ??
  searchParameters.get(/^\/([A-Z]\w+)/.exec(route)?.[1] ?? type) ??
  [];

const header = fc.constantFrom<readonly [string, string]>(
  ['accept', 'application/fhir+xml'],
  ['accept', 'application/fhir+json;fhirVersion=4.0'],
  ['accept', 'text/html, */*;q=0.1'],
  ['accept', ';;;'],
  ['accept', 'application/fhir+ndjson'],
  ['prefer', 'return=minimal'],
  ['prefer', 'return=OperationOutcome, handling=lenient'],
  ['prefer', 'respond-async'],
  ['prefer', 'return=x; y="'],
  ['if-match', 'W/"1"'],
  ['if-match', '*'],
  ['if-match', '194103149805'],
  ['if-none-match', 'W/"1"'],
  ['if-none-match', '*'],
  ['if-modified-since', 'Mon, 23 Nov 2026 10:00:00 GMT'],
  ['if-modified-since', 'x'],
  ['if-none-exist', 'identifier=urn:test|a'],
  ['if-none-exist', 'name=194103149805&x'],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br'],
  ['content-length', '3'],
  ['x-http-method-override', 'DELETE'],
  ['x-request-id', '194103149805'],
  ['x-provenance', '{"resourceType":"Provenance"}'],
  ['x-forwarded-for', "'; --"],
  ['range', 'bytes=0-1'],
  ['expect', '100-continue'],
  ['authorization', 'Bearer x'],
  ['authorization', 'Basic eDp5'],
  ['dpop', 'x.y.z'],
);

const who = fc.oneof(
  { weight: 10, arbitrary: fc.constant<PersonaId>('journalsystem') },
  { weight: 4, arbitrary: fc.constantFrom<PersonaId>('lakare-vardcentral', 'lakare-slutenvard') },
  {
    weight: 5,
    arbitrary: fc.constantFrom<PersonaId | null>(
      'ssk-hemsjukvard',
      'patient',
      'vardnadshavare',
      'administrator',
      'administrator',
      'logg-granskare',
      'sparr-handlaggare',
      'journalsystem-utan-id',
      null,
    ),
  },
);

/** Requests that one of the interactions is asked by, or that nearly are. */
export function requestTo(served: Served): fc.Arbitrary<FuzzRequest> {
  const { interactions, searchParameters } = served;
  const others = interactions.filter((each) => !isOfStored(each));
  return fc
    .record({
      interaction: fc.oneof(fc.constantFrom(...interactions.filter(isOfStored)), fc.constantFrom(...others)),
      type: often(types, [...searchParameters.keys()], 4),
    })
    .chain(({ interaction, type }) =>
      pathOf(interaction.route, type).chain((path) => requestAt(served, interaction, type, path)),
    );
}

function requestAt(
  served: Served,
  { method, route, body = [] }: Interaction,
  type: string,
  path: string,
): fc.Arbitrary<FuzzRequest> {
  const unasked = method === 'GET' ? 1 : isConditional(method, route) ? 0 : 8;
  const told = toldOf(served, route, type);
  const headers = fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(header, { maxLength: 2 }) },
  );
  const sent = body.length
    ? bodyOf(body, subjectOf(served, route, type, path))
    : fc.oneof(
        { weight: 20, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: bodyOf(['fhir'], fc.constantFrom(...seeds)) },
      );
  return fc
    .record({
      as: who,
      method: often([method], ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'], 40),
      query: fc.oneof(
        { weight: unasked, arbitrary: fc.constant('') },
        { weight: 3, arbitrary: queryOf(told, route.includes('$')) },
      ),
      headers,
      sent,
    })
    .map(({ as, method, query, headers, sent }) => ({
      as,
      method,
      path: query ? `${path}?${query}` : path,
      headers: { ...Object.fromEntries(headers), ...(sent && { 'content-type': sent[1] }) },
      ...(sent && { body: sent[0] }),
    }));
}
