import { loadDefinitions } from '@naravard/fhir';
import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('every operation that /metadata names has a definition that is found here, and the guide has no others', async () => {
  const own = named.map(({ definition }) => definition).filter((url) => !url.startsWith('http://hl7.org/'));
  expect([...own].sort()).toEqual(definitions.map(({ url }) => url).sort());
  for (const { name, definition } of named.filter(({ definition }) => own.includes(definition))) {
    const { json } = await api.ask('GET', `/OperationDefinition?url=${encodeURIComponent(definition)}`);
    expect([definition, json.entry?.[0]?.resource.code]).toEqual([definition, name]);
  }
});

test('/metadata names the guide', async () => {
  const { json } = await api.ask('GET', '/metadata');
  expect(json.implementationGuide).toEqual(['https://naravard.se/fhir/ImplementationGuide/naravard']);
});

/** Without a list of what they know: they read parts, or are for reviewers and administrators. */
const untold = ['atkomstlogg', 'logg-stickprov', 'nodoppningar', 'offline-reads', 'reindex'];
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
