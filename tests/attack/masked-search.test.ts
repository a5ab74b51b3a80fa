import { careRelation, workNeed } from '@naravard/access';
import { loadDefinitions } from '@naravard/fhir';
import { createCatalog } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { createTestApp, type PersonaId, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  customParameter,
  directory,
  type Hidden,
  hiddenElsewhere,
  hiddenHere,
  open,
  person,
} from './masked/hidden-world.ts';
import { questionsAbout } from './masked/questions.ts';
import { answersTo } from './masked/told.ts';

/**
 * Two services that hold the same, but for what is hidden of one protected person: whoever is shown the person masked is
 * answered alike by both, whatever is asked.
 */
let worlds: readonly [TestApp, TestApp];
const people = (hidden: Hidden) => [...person('x', hidden, true), ...person('q', open, false)];
const written = [hiddenHere, hiddenElsewhere].map(people);
const catalog = createCatalog(loadDefinitions(), loadTerminology());
const questions = questionsAbout(catalog, [...directory, ...written.flat()]);

/** Every fifth, whatever modifiers and operators follow each other; all in the full run. */
const some = (asked: readonly string[]): readonly string[] =>
  process.env.NARAVARD_FULL ? asked : asked.filter((_, at) => at % 5 === 0);

beforeAll(async () => {
  worlds = await Promise.all([makeWorld(written[0] ?? []), makeWorld(written[1] ?? [])]);
});
afterAll(() => Promise.all(worlds.map((each) => each.close())));

async function makeWorld(resources: readonly object[]): Promise<TestApp> {
  const app = await createTestApp({ reindexer: { grace: 0 } });
  const { status } = await app.ask('POST', '/SearchParameter', {
    body: customParameter,
    as: 'administrator',
  });
  expect(status).toBe(201);
  await send(app, directory, 'administrator');
  await send(app, resources, 'journalsystem');
  await send(app, relations, 'journalsystem');
  await app.app.reindexer.refresh();
  await app.app.reindexer.finish();
  return app;
}

async function send(app: TestApp, resources: readonly object[], as: PersonaId): Promise<void> {
  const entry = resources.map((resource) => {
    const { resourceType, id } = resource as { resourceType: string; id: string };
    return { resource, request: { method: 'PUT', url: `${resourceType}/${id}` } };
  });
  const { status, text } = await app.ask('POST', '/', {
    body: { resourceType: 'Bundle', type: 'transaction', entry },
    as,
  });
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
}

/** One physician needs the record for the work, another takes part in the care. */
const relations = ['x', 'q'].flatMap((by) => [
  workNeed({
    id: `need-${by}`,
    patient: `p-${by}`,
    unit: 'SE0000000002-A1',
    start: '2026-11-01',
    end: '2027-10-01',
  }),
  careRelation({ id: `care-${by}`, patient: `p-${by}`, unit: 'SE0000000002-A2' }),
]);

const masked = ['journalsystem', 'lakare-vardcentral'] as const;

/** The answers, without when things were written and where the next page is; what is included stands in any order. */
const answers = (app: TestApp, asked: readonly string[], as: PersonaId): Promise<string[]> =>
  answersTo(
    asked.map((path) => (/[?&]_(?:count|summary)=|^[^?]*$/.test(path) ? path : `${path}&_count=100`)),
    (body) => app.ask('POST', '/', { body, as }),
  );

/** Questions that the two worlds answer otherwise. */
async function differences(asked: readonly string[], as: PersonaId): Promise<string[]> {
  const [here, elsewhere] = await Promise.all(worlds.map((each) => answers(each, asked, as)));
  return asked.filter((_, at) => here?.[at] !== elsewhere?.[at]);
}

const texts = ['Dolda', 'Skymda', 'Gömda', 'Karin -Dolda', 'Undanby or Tysta'].flatMap((words) =>
  ['Encounter', 'RelatedPerson', 'CareTeam', 'Account', 'Observation', 'Person'].flatMap((type) => [
    `${type}?_text=${encodeURIComponent(words)}`,
    `${type}?_content=${encodeURIComponent(words)}`,
    `${type}?_filter=${encodeURIComponent(`not (_content co "${words}")`)}`,
    `Patient?_has:${type}:patient:_id=${type.toLowerCase()}-x&_filter=${encodeURIComponent(`_text co "${words}"`)}`,
  ]),
);

const lists = ['list-x', 'list-q'].flatMap((list) =>
  ['Location', 'Encounter'].flatMap((type) => [
    `${type}?_list=${list}`,
    `${type}?_list=${list}&_summary=count`,
    `${type}?_has:List:item:_id=${list}`,
  ]),
);

const custom = [
  'Encounter?destination=Organization/kommun-b',
  'Encounter?destination=kommun-c',
  'Encounter?destination:missing=true',
  'Encounter?destination:Organization.name=Kommun',
  'Organization?_has:Encounter:destination:status=finished',
  'Encounter?_include=Encounter:destination',
  'Encounter?_include=Encounter:*',
  'Encounter?_sort=destination',
  'Organization?_revinclude=Encounter:destination',
  'Encounter?_filter=destination%20eq%20Organization/kommun-b',
];

const counts = some(questions.own).flatMap((path) => [
  `${path}&_summary=count`,
  `${path}&_count=1&_total=accurate`,
]);

const kinds: readonly (readonly [string, readonly string[]])[] = [
  ['attack 30: no order tells', some(questions.sorts)],
  ['attack 31: no :missing tells', questions.presence],
  ['attack 31: no parameter tells, whatever its modifier', some(questions.own)],
  ['attack 31: no count tells', some(counts)],
  ['attack 31: no _filter tells', some(questions.filters)],
  ['attack 31: no chain or _has tells', some(some(questions.relations))],
  ['attack 31: no included resource tells', some(questions.includes)],
  ['attack 31: no words tell', texts],
  ['attack 31: no list tells', lists],
  ['attack 31: no custom parameter tells', custom],
];

describe.each(masked)(
  'of what is hidden from %s',
  (as) => {
    test('attack 46: contained resources, displays and narratives show nothing', async () => {
      const paths = (written[0] ?? []).flatMap(({ resourceType, id }) => [
        `${resourceType}/${id}`,
        `${resourceType}/${id}/_history`,
        `${resourceType}/${id}/_history/1`,
      ]);
      expect(await differences(paths, as)).toEqual([]);
    });

    test('attack 32: lists of ids, _elements and _summary show nothing', async () => {
      const paths = (written[0] ?? []).flatMap(({ resourceType, id }) => [
        `${resourceType}?_id=${id},nobody`,
        `${resourceType}?_id=${id}&_elements=name,location,address,telecom,participant,contained,text`,
        ...['true', 'text', 'data', 'count'].map(
          (summary) => `${resourceType}?_id=${id}&_summary=${summary}`,
        ),
      ]);
      expect(await differences(paths, as)).toEqual([]);
    });

    test.each(kinds)('%s', async (_attack, asked) => {
      expect(await differences(asked, as)).toEqual([]);
    });
  },
  300_000,
);

test.each(kinds)(
  'who takes part in the care is told them apart, so that it means something: %s',
  async (_attack, asked) => {
    expect((await differences(asked.slice(-100), 'lakare-slutenvard')).length).toBeGreaterThan(2);
  },
  300_000,
);

test('attack 31: no conditional interaction tells, by what it finds', async () => {
  const conditions = [
    'name=Dolda',
    'identifier=195002036662',
    'identifier=http://electronichealth.se/identifier/personnummer|195002036662',
    'telecom=0709000002',
    'birthdate=1950-02-03',
  ];
  const body = { resourceType: 'RelatedPerson', patient: { reference: 'Patient/p-q' } };
  for (const condition of conditions) {
    for (const app of worlds) {
      const created = await app.ask('POST', '/RelatedPerson', {
        body,
        headers: { 'if-none-exist': condition },
      });
      expect([condition, created.status]).toEqual([condition, 201]);
      const gone = await app.ask('DELETE', `/RelatedPerson?${condition}`);
      expect([condition, gone.status, gone.text]).toEqual([condition, 204, '']);
    }
  }
});
