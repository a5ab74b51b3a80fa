import type { CarePlan } from '@medplum/fhirtypes';
import { type Case, dayBefore, type Writer } from './case.ts';

/** Plans by writer: a head plan of the region and a part-plan of each other organisation that takes part. */
type Plans = Record<Writer, CarePlan[]>;

const SIGNS = [
  ['Vikten har ökat 2 kg på 3 dagar.', 'Ring hemsjukvården.'],
  ['Svårare att andas än vanligt.', 'Ring hemsjukvården.'],
  ['Andnöd i vila eller ont i bröstet.', 'Ring 112.'],
  ['Blodsockret är högre än 20.', 'Ring vårdcentralen.'],
] as const;

type Kind = 'VP' | 'SIP';

/** Whoever has hemsjukvård has a behandlingsplan; with hemtjänst besides, two of three have a SIP. */
export function plans(person: Case): Plans {
  const found: Plans = { region: [], halsoOchSjukvard: [], omsorg: [] };
  const { random, hemsjukvard, hemtjanst } = person;
  if (hemsjukvard) addPlan(found, person, 'VP', 'Behandlingsplan');
  if (hemsjukvard && hemtjanst && random.chance(0.66))
    addPlan(found, person, 'SIP', 'Samordnad individuell plan');
  return found;
}

function addPlan(found: Plans, person: Case, kind: Kind, title: string): void {
  const created = person.random.whole(5, 300);
  const head = plan(person, kind, title, created, 'region', undefined);
  found.region.push(head);
  found.halsoOchSjukvard.push(
    plan(person, kind, `${title}: hemsjukvårdens del`, created, 'halsoOchSjukvard', head.id),
  );
  if (kind === 'SIP')
    found.omsorg.push(plan(person, kind, `${title}: hemtjänstens del`, created, 'omsorg', head.id));
}

function plan(
  { id, random, anchor, contacts }: Case,
  kind: Kind,
  title: string,
  created: number,
  writer: Writer,
  head: string | undefined,
): CarePlan {
  const author = contacts.find((contact) => contact.writer === writer);
  const [sign, action] = random.pick(SIGNS);
  const day = dayBefore(anchor, created);
  return {
    resourceType: 'CarePlan',
    id: `${id}-${kind.toLowerCase()}-${writer === 'region' ? 'head' : writer === 'omsorg' ? 'htj' : 'hsv'}`,
    ...(head && { partOf: [{ reference: `CarePlan/${head}` }] }),
    status: created > 250 ? 'completed' : 'active',
    intent: 'plan',
    category: [{ coding: [{ system: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs', code: kind }] }],
    title,
    subject: { reference: `Patient/${id}` },
    period: { start: day, end: dayBefore(anchor, created - 250) },
    created: day,
    ...(author && { author: { reference: author.role } }),
    ...(!head && {
      goal: [{ reference: `Goal/${id}-g1` }],
      addresses: [{ reference: `Condition/${id}-d1` }],
    }),
    careTeam: contacts.map(({ team }) => ({ reference: `CareTeam/${team.id}` })),
    activity: [
      {
        detail: {
          status: 'in-progress',
          description: 'Följer vikt, blodtryck och andning.',
          scheduledString: 'Varje vecka',
        },
      },
      {
        extension: [
          {
            url: 'https://naravard.se/fhir/StructureDefinition/forsamring',
            extension: [
              { url: 'niva', valueCode: action === 'Ring 112.' ? 'rod' : 'gul' },
              { url: 'tecken', valueString: sign },
            ],
          },
        ],
        detail: { status: 'scheduled', description: action },
      },
    ],
  };
}
