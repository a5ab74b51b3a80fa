import { execFileSync } from 'node:child_process';
import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../libs/rest/src/interactions/table.ts';
import { canonicalOf } from '../../libs/rest/src/operation-definition.ts';
import { operationOn } from '../../libs/rest/src/operation-name.ts';
import { openApiText } from '../../scripts/build-openapi.ts';
import { allModules, ownGuide } from '../../services/all-in-one/src/modules.ts';

interface Named {
  readonly name: string;
  readonly definition: string;
}

interface Definition {
  readonly id: string;
  readonly url: string;
  readonly code: string;
  readonly affectsState: boolean;
  readonly resource?: readonly string[];
  readonly system: boolean;
  readonly type: boolean;
  readonly instance: boolean;
  readonly parameter?: readonly { readonly name: string; readonly use: string }[];
}

let api: TestApp;
let named: readonly Named[];
beforeAll(async () => {
  api = await createTestApp({ modules: allModules(loadDefinitions()), guide: ownGuide() });
  const [rest] = (await api.ask('GET', '/metadata')).json.rest;
  named = [rest, ...rest.resource].flatMap(({ operation = [] }: { operation?: Named[] }) => operation);
});
afterAll(() => api.close());

const definitions = (ownGuide().definitions as readonly (Definition & { resourceType: string })[]).filter(
  ({ resourceType }) => resourceType === 'OperationDefinition',
);
const inputsOf = ({ parameter = [] }: Definition): string[] =>
  parameter.filter(({ use }) => use === 'in').map(({ name }) => name);
const addressOf = ({ resource: [type] = [], instance, code }: Definition): string =>
  `${type === undefined ? '' : `/${type === 'Resource' ? 'CarePlan' : type}`}${instance ? '/x' : ''}/$${code}`;

const isOwn = (url: string): boolean => url.startsWith('https://naravard.se/');

/** As stored here. */
async function storedDefinition(url: string): Promise<Definition | undefined> {
  const { json } = await api.ask('GET', `/OperationDefinition?url=${encodeURIComponent(url)}`);
  return json.entry?.[0]?.resource;
}

test('every operation that /metadata names has a definition that is found here, and the guide has no others', async () => {
  const own = named.map(({ definition }) => definition).filter(isOwn);
  expect([...new Set(own)].sort()).toEqual(definitions.map(({ url }) => url).sort());
  for (const { name, definition } of named)
    expect([definition, (await storedDefinition(definition))?.code]).toEqual([definition, name]);
});

/** What is served beyond R4's own definition: a CodeSystem by its id. */
const further = ['CodeSystem-lookup instance'];

test('an operation is served at the levels that its definition names: of a standard at no others, of ours at all', async () => {
  const served = new Map<string, Set<string>>();
  const all = [...operations, ...allModules(loadDefinitions()).flatMap((module) => module.operations ?? [])];
  for (const { route } of all) {
    const operation = operationOn({ route });
    const level = route.includes('/:id') ? 'instance' : route.startsWith('/$') ? 'system' : 'type';
    if (!operation) continue;
    const url = canonicalOf(operation);
    served.set(url, (served.get(url) ?? new Set()).add(level));
  }
  for (const [url, levels] of served) {
    const definition = await storedDefinition(url);
    const stated = (['system', 'type', 'instance'] as const).filter((level) => definition?.[level]);
    const expected = isOwn(url) ? stated : stated.filter((level) => levels.has(level));
    const found = [...levels].filter((level) => !further.includes(`${definition?.id} ${level}`));
    expect([url, found.sort()]).toEqual([url, [...expected].sort()]);
  }
});

test.each([
  ['POST', '/CarePlan/$validate?no-such=x', 'Resource-validate', ['mode', 'profile']],
  ['POST', '/CarePlan/$validate', 'Resource-validate', ['resource', 'mode', 'profile']],
  ['GET', '/CarePlan/x/$meta?no-such=x', 'Resource-meta', []],
  ['POST', '/CarePlan/x/$meta-add', 'Resource-meta-add', ['meta']],
  ['POST', '/CarePlan/x/$meta-delete', 'Resource-meta-delete', ['meta']],
  ['POST', '/Patient/$match', 'Patient-match', null],
  ['GET', '/Patient/x/$everything?no-such=x', 'Patient-everything', null],
  ['GET', '/CodeSystem/$lookup?no-such=x', 'CodeSystem-lookup', null],
  ['GET', '/CodeSystem/$validate-code?no-such=x', 'CodeSystem-validate-code', null],
  ['GET', '/CodeSystem/$subsumes?no-such=x', 'CodeSystem-subsumes', null],
  ['GET', '/ValueSet/$expand?no-such=x', 'ValueSet-expand', null],
  ['GET', '/ValueSet/$validate-code?no-such=x', 'ValueSet-validate-code', null],
  ['GET', '/ConceptMap/$translate?no-such=x', 'ConceptMap-translate', null],
])('%s %s knows no parameter that %s has not', async (method, path, id, exactly) => {
  const parameter = [{ name: 'no-such', valueString: 'x' }];
  const body = { resourceType: 'Parameters', parameter };
  const { status, json } = await api.ask(method, path, {
    as: 'ssk-hemsjukvard',
    ...(method === 'POST' && { body }),
  });
  expect(status).toBe(400);
  const [, list = ''] = /known here: (.*)\.$/.exec(json.issue[0].diagnostics) ?? [];
  const known = list.startsWith('leave') ? [] : list.split(', ');
  const definition = await storedDefinition(`http://hl7.org/fhir/OperationDefinition/${id}`);
  expect(known.filter((name) => !inputsOf(definition as Definition).includes(name))).toEqual([]);
  if (exactly) expect(known).toEqual(exactly);
});

test('$diff knows on a resource and on the service what its definition says', async () => {
  const known = async (path: string): Promise<string[]> => {
    const { json } = await api.ask('GET', `${path}?no-such=x`, { as: 'ssk-hemsjukvard' });
    return (/known here: (.*)\.$/.exec(json.issue[0].diagnostics)?.[1] ?? '').split(', ');
  };
  const all = new Set([...(await known('/$diff')), ...(await known('/CarePlan/x/$diff'))]);
  const definition = definitions.find(({ id }) => id === 'diff') as Definition;
  expect([...all].sort()).toEqual(inputsOf(definition).sort());
});

test('the definitions of standards are what the build script makes of the published ones', () => {
  const check = () =>
    execFileSync(process.execPath, ['scripts/build-operations.ts', '--check'], { stdio: 'pipe' });
  expect(check).not.toThrow();
});

test('/metadata names the guide', async () => {
  const { json } = await api.ask('GET', '/metadata');
  expect(json.implementationGuide).toEqual(['https://naravard.se/fhir/ImplementationGuide/naravard']);
});

/** Without a list of what they know: they read parts, or are for reviewers and administrators. */
const untold = [
  'atkomstlogg',
  'diff',
  'import',
  'load',
  'logg-stickprov',
  'nodoppningar',
  'offline-reads',
  'reindex',
];
/** They are asked nothing in the address, and read nothing there. */
const unread = ['svod-status', 'sparrar', 'begarda-havningar'];

test.each(
  definitions
    .filter(({ code }) => ![...untold, ...unread].includes(code))
    .map((each) => [each.id, each] as const),
)('%s knows the parameters of its definition and no others', async (_id, definition) => {
  const method = definition.affectsState ? 'POST' : 'GET';
  const address = addressOf(definition);
  const parameter = [{ name: 'no-such', valueString: 'x' }];
  const { status, json } =
    method === 'GET'
      ? await api.ask('GET', `${address}?no-such=x`, { as: 'ssk-hemsjukvard' })
      : await api.ask('POST', address, {
          as: 'ssk-hemsjukvard',
          body: { resourceType: 'Parameters', parameter },
        });
  const known = inputsOf(definition);
  expect([status, json.issue[0].diagnostics]).toEqual([
    400,
    known.length
      ? `Only these parameters are known here: ${known.join(', ')}.`
      : 'No parameters are known here: leave them out.',
  ]);
});

test('OpenAPI describes what they are asked with', () => {
  const { paths } = JSON.parse(openApiText());
  const { parameters } = paths['/Patient/{id}/$vem-ringer-jag'].get;
  expect(parameters.map(({ name }: { name: string }) => name)).toEqual(['at', 'need', 'reader']);
  const { post } = paths['/CareTeam/{id}/$handover'];
  expect(post.requestBody.description).toContain('to (Reference, 1..1): Who takes over.');
  expect(JSON.stringify(post.parameters)).toContain('If-Match');
  const { content } = paths['/Patient/{id}/$samordnad-plan'].get.responses[200];
  expect(Object.keys(content)).toContain('text/html');
  expect(content['application/vnd.naravard.plan+json'].schema.$ref).toBe(
    '#/components/schemas/SamordnadPlan',
  );
});
