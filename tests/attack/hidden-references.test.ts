import { loadDefinitions } from '@naravard/fhir';
import { createCatalog } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccessWorld, createAccessWorld, type Persona } from './access-world.ts';
import { customParameters, hidden, hiddenHere, hiddenThere, open } from './masked/hidden-targets.ts';
import { questionsAbout } from './masked/questions.ts';
import { answersTo } from './masked/told.ts';

/**
 * Two services that hold the same, but for what open resources refer to: hidden from A and V by a spärr and from P1 by a
 * label, or nowhere. Whoever is shown the references masked is answered alike by both, whatever is asked.
 */
let worlds: readonly [AccessWorld, AccessWorld];
const written = [hiddenHere, hiddenThere].map(open);
const catalog = createCatalog(loadDefinitions(), loadTerminology());
const questions = questionsAbout(catalog, [...written.flat(), ...hidden]);

/** Every seventh, whatever modifiers and operators follow each other; all in the full run. */
const some = (asked: readonly string[]): readonly string[] =>
  process.env.NARAVARD_FULL ? asked : asked.filter((_, at) => at % 7 === 0);

beforeAll(async () => {
  worlds = await Promise.all([makeWorld(written[0] ?? []), makeWorld(written[1] ?? [])]);
});
afterAll(() => Promise.all(worlds.map(({ api }) => api.close())));

async function makeWorld(resources: readonly object[]): Promise<AccessWorld> {
  const world = await createAccessWorld({ reindexer: { grace: 0 } });
  for (const body of customParameters) {
    const { status } = await world.ask('administrator', 'POST', '/SearchParameter', { body });
    expect(status).toBe(201);
  }
  await world.write('S_W', ...hidden);
  await world.write('S_V', ...resources);
  await world.api.app.reindexer.refresh();
  await world.api.app.reindexer.finish();
  return world;
}

const answers = ({ ask }: AccessWorld, asked: readonly string[], as: Persona): Promise<string[]> =>
  answersTo(asked, (body) => ask(as, 'POST', '/', { body }));

/** Questions that the two worlds answer otherwise. */
async function differences(asked: readonly string[], as: Persona): Promise<string[]> {
  const [here, there] = await Promise.all(worlds.map((each) => answers(each, asked, as)));
  return asked.filter((_, at) => here?.[at] !== there?.[at]);
}

const about = (path: string): string => `${path}&_count=100`;

const compartments = ['h-visit', 'h-plan', 'z-next', 'h-kin', 'h-none'].flatMap((id) =>
  ['Encounter', 'RelatedPerson', 'Device'].flatMap((name) => [
    `${name}/${id}/*`,
    `${name}/${id}/CarePlan`,
    `${name}/${id}/Observation?_summary=count`,
  ]),
);

const words = ['hemligt', 'lönnligt', 'hemligt or lönnligt', 'plan -hemligt'].flatMap((each) =>
  ['CarePlan', 'Encounter', 'DocumentReference'].flatMap((type) => [
    `${type}?_text=${encodeURIComponent(each)}`,
    `${type}?_content=${encodeURIComponent(each)}`,
    `${type}?_filter=${encodeURIComponent(`not (_content co "${each}")`)}`,
  ]),
);

const others = [
  ...['Binary/h-note', 'Binary/h-none', 'http://localhost:8080/fhir/Binary/h-note'].flatMap((url) =>
    ['', ':below', ':above'].map((each) => `DocumentReference?location${each}=${encodeURIComponent(url)}`),
  ),
  'DocumentReference?relationship=DocumentReference/h-doc$replaces',
  'DocumentReference?relationship=DocumentReference/h-none$replaces',
  'DocumentReference?relationship:missing=true',
  'CarePlan?_list=o-list',
  'CarePlan?_has:List:item:_id=o-list',
  'Encounter?_list=o-list&_summary=count',
  ...['encounter-name', 'encounter-number'].flatMap((code) =>
    ['=hemligt', '=lönnligt', '=urn:test|h-visit', ':missing=true', ':missing=false'].map(
      (asked) => `CarePlan?${code}${encodeURI(asked)}`,
    ),
  ),
  'CarePlan?_sort=encounter',
  'Encounter?_sort=-part-of',
  'Person?relatedperson:missing=true',
  `Person?_filter=${encodeURIComponent('not (relatedperson pr true)')}`,
  'CarePlan?encounter-by=Organization/enheten',
  'CarePlan?encounter-by:missing=true',
  'CarePlan?encounter-by:Organization.name=Enheten',
  'Organization?_has:CarePlan:encounter-by:status=active',
  'CarePlan?_include=CarePlan:encounter-by',
  'CarePlan?_include=CarePlan:*',
  'CarePlan?_include=*',
  'Organization?_revinclude=CarePlan:encounter-by',
  'Organization?_revinclude=*',
  'CarePlan?_sort=encounter-by',
  'CarePlan?_sort=encounter-name',
  'CarePlan?_sort=-encounter-number',
];

const kinds: readonly (readonly [string, readonly string[]])[] = [
  ['no parameter tells, whatever its modifier', some(questions.own).map(about)],
  ['no count tells', some(some(questions.own)).map((path) => `${path}&_summary=count`)],
  ['no :missing tells', some(questions.presence).map(about)],
  ['no _filter tells', some(questions.filters).map(about)],
  ['no order tells', some(questions.sorts).map(about)],
  ['no chain or _has tells', some(some(questions.relations)).map(about)],
  ['no included resource tells', some(questions.includes).map(about)],
  ['no compartment tells', compartments],
  ['no word tells', words],
  ['nothing else tells', others],
];

describe.each(['A', 'V', 'P1'] as const)(
  'of what references lead to and %s may not see',
  (as) => {
    test('attack 46: they are masked', async () => {
      const paths = (written[0] ?? []).map(({ resourceType, id }) => `${resourceType}/${id}`);
      expect(await differences(paths, as)).toEqual([]);
      const { status, text } = await worlds[0].ask(as, 'GET', '/CarePlan/o-plan');
      expect([status, /h-visit|hemligt/i.test(text)]).toEqual([200, false]);
    });

    test.each(kinds)('attack 46: %s', async (_kind, asked) => {
      expect(await differences(asked, as)).toEqual([]);
    });
  },
  300_000,
);

test('attack 46: who may see it searches by all of it', async () => {
  for (const path of [
    '/CarePlan?encounter=Encounter/h-visit',
    '/CarePlan?encounter:identifier=urn:test|h-visit',
    '/CarePlan?author:CareTeam=h-team',
    '/Encounter/h-visit/CarePlan',
    '/CarePlan?_text=hemligt',
    '/CarePlan?encounter-name=hemligt',
    '/CarePlan?encounter-by:Organization.name=Enheten',
  ]) {
    const found = await worlds[0].found('W', path);
    expect([path, found.includes('CarePlan/o-plan')]).toEqual([path, true]);
  }
  const path = '/DocumentReference?relationship=DocumentReference/h-doc$replaces';
  expect(await worlds[0].found('W', path)).toEqual(['DocumentReference/o-doc']);
});
