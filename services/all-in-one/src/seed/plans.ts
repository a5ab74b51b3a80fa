import type { CarePlan, CarePlanActivity, CodeableConcept, Extension } from '@medplum/fhirtypes';
import { type Huvudman, sipExtensions } from '@naravard/care';
import { stated } from '../sandbox/demo/behandlingsplan.ts';
import { PLAN_KINDS } from '../sandbox/demo/own-plan.ts';
import { row, step } from '../sandbox/demo/plan-rows.ts';
import { sipStated } from '../sandbox/demo/sip-statements.ts';
import { sipConsentId } from './access.ts';
import { type Case, dayBefore, type Writer } from './case.ts';

/** Plans by writer: a head plan of the region and a part-plan of each other organisation that takes part. */
type Plans = Record<Writer, CarePlan[]>;

/** Days that a plan is in force, and until it is looked through. */
const LASTS = 250;
const REVIEWED = 180;

/** Whoever has hemsjukvård has a behandlingsplan; two of three who have hemtjänst besides have a SIP. */
export function plans(person: Case): Plans {
  const found: Plans = { region: [], halsoOchSjukvard: [], omsorg: [] };
  const { hemsjukvard, sip } = person;
  if (hemsjukvard) addBehandlingsplan(found, person, hemsjukvard);
  if (sip) addSip(found, person);
  return found;
}

function addBehandlingsplan(found: Plans, person: Case, hemsjukvard: string): void {
  const { random, anchor } = person;
  const created = random.whole(5, 300);
  const who = `Patient/${person.id}`;
  const jour = `HealthcareService/${hemsjukvard}-jour`;
  const of = {
    person,
    created,
    kind: 'vp',
    category: PLAN_KINDS.behandlingsplan,
    title: 'Behandlingsplan',
  } as const;
  const head = plan({ ...of, writer: 'region', activity: [stepOf(person, who, jour)] });
  found.region.push({
    ...head,
    extension: stated({
      doctor: postOf(person, 'region'),
      nurse: postOf(person, 'halsoOchSjukvard'),
      review: dayBefore(anchor, created - REVIEWED),
      contacts: [jour],
    }),
    addresses: [{ reference: `Condition/${person.id}-d1` }],
    goal: [{ reference: `Goal/${person.id}-g1` }],
    supportingInfo: [{ reference: `CarePlan/${idOf(of, 'halsoOchSjukvard')}` }],
  });
  const nurse = roleOf(person, 'halsoOchSjukvard');
  found.halsoOchSjukvard.push(
    plan({ ...of, writer: 'halsoOchSjukvard', activity: [follows(nurse), stepOf(person, nurse, jour)] }),
  );
}

function addSip(found: Plans, person: Case): void {
  const { random, anchor, id, vardcentral } = person;
  const created = random.whole(5, 300);
  const samordnare = { reference: roleOf(person, 'region') };
  const of = {
    person,
    created,
    kind: 'sip',
    category: PLAN_KINDS.SIP,
    title: 'Samordnad individuell plan',
  } as const;
  const ended = created > LASTS;
  found.region.push({
    ...plan({ ...of, writer: 'region', activity: [walks(`Patient/${id}`)] }),
    extension: [
      ...sipStated({
        lage: ended ? 'avslutad' : 'beslutad',
        initiative: samordnare,
        participants: [],
        responsible: vardcentral,
        followUp: [dayBefore(anchor, created - REVIEWED), samordnare],
      }),
      ...(ended ? [goalsReached] : []),
    ],
    goal: [{ reference: `Goal/${id}-g1` }],
    addresses: [{ reference: `Condition/${id}-d1` }],
    supportingInfo: [{ reference: `Consent/${sipConsentId(id)}` }],
  });
  for (const writer of ['halsoOchSjukvard', 'omsorg'] as const) {
    found[writer].push(plan({ ...of, writer, activity: [follows(roleOf(person, writer), 'kommun')] }));
  }
}

const SIGNS = [
  { level: 'ring-idag', sign: 'Vikten har ökat.', threshold: '2 kg på 3 dagar', text: 'Ring hemsjukvården.' },
  { level: 'ring-idag', sign: 'Svårare att andas än vanligt.', text: 'Ring hemsjukvården.' },
  { level: 'ring-idag', sign: 'Blodsockret är högre än 20.', text: 'Ring hemsjukvården.' },
  { level: 'ring-nu', sign: 'Andnöd i vila eller ont i bröstet.', text: 'Ring 112.', larm112: true },
] as const;

const stepOf = ({ random }: Case, who: string, contact: string): CarePlanActivity =>
  step({ ...random.pick(SIGNS), who, contact });

const follows = (who: string, huvudman?: Huvudman): CarePlanActivity =>
  row({
    text: 'Följer vikt, blodtryck och andning.',
    who,
    often: 'Varje vecka',
    ...(huvudman && { huvudman }),
  });

const walks = (who: string): CarePlanActivity =>
  row({ text: 'Går ut en stund.', who, often: 'Varje dag', huvudman: 'personen' });

const goalsReached: Extension = {
  url: sipExtensions.avslut,
  extension: [{ url: 'orsak', valueCode: 'mal-uppnadda' }],
};

/** `PractitionerRole/id` of the fast kontakt that a writer has appointed. */
function roleOf({ contacts, id }: Case, writer: Writer): string {
  const role = contacts.find((each) => each.writer === writer)?.role;
  if (role === undefined) throw new Error(`${id} has no contact of ${writer}`);
  return role;
}

const postOf = (person: Case, writer: Writer) => [roleOf(person, writer).split('/')[1] ?? ''] as const;

interface Plan {
  person: Case;
  /** Days before the anchor. */
  created: number;
  kind: 'vp' | 'sip';
  category: CodeableConcept;
  title: string;
}

const PARTS = {
  region: { ends: 'head', title: '' },
  halsoOchSjukvard: { ends: 'hsv', title: ': hemsjukvårdens del' },
  omsorg: { ends: 'htj', title: ': hemtjänstens del' },
} as const;

const idOf = ({ person, kind }: Pick<Plan, 'person' | 'kind'>, writer: Writer): string =>
  `${person.id}-${kind}-${PARTS[writer].ends}`;

function plan(of: Plan & { writer: Writer; activity: CarePlanActivity[] }): CarePlan {
  const { person, created, category, title, writer, activity } = of;
  const { id, anchor, contacts } = person;
  const day = dayBefore(anchor, created);
  return {
    resourceType: 'CarePlan',
    id: idOf(of, writer),
    ...(writer !== 'region' && { partOf: [{ reference: `CarePlan/${idOf(of, 'region')}` }] }),
    status: created > LASTS ? 'completed' : 'active',
    intent: 'plan',
    category: [category],
    title: `${title}${PARTS[writer].title}`,
    subject: { reference: `Patient/${id}` },
    period: { start: day, end: dayBefore(anchor, created - LASTS) },
    created: day,
    author: { reference: roleOf(person, writer) },
    careTeam: contacts.map(({ team }) => ({ reference: `CareTeam/${team.id}` })),
    activity,
  };
}
