import type { Appointment, CarePlan, CarePlanActivity, Task } from '@medplum/fhirtypes';
import { type Made, sipConsent } from '@naravard/access';
import { sipTasks } from '@naravard/care';
import { hsa } from '../hsa.ts';
import { concept, hsaIdentifier, ref } from './codes.ts';
import { outsideSvod } from './elis.ts';
import { ownPlan } from './own-plan.ts';
import { row } from './plan-rows.ts';
import { sipStated } from './sip-statements.ts';
import type { StoryTime } from './story-time.ts';

const patient = 'elis-testberg';
const PETRA = ref<{ reference: string }>('PractitionerRole/petra-sund', 'Petra Sund');

interface Invited {
  /** Ends the ids of invitation and answer. */
  key: 'psykiatri' | 'socialtjanst' | 'beroende';
  organisation: string;
  name: string;
  hsaId: string;
}

const invited = {
  psykiatri: {
    key: 'psykiatri',
    organisation: 'psykiatriska-mottagningen',
    name: 'Psykiatriska mottagningen Falkenberg',
    hsaId: hsa.psykiatri,
  },
  socialtjanst: {
    key: 'socialtjanst',
    organisation: 'bistand-falkenberg',
    name: 'Biståndsenheten',
    hsaId: hsa.bistand,
  },
  beroende: {
    key: 'beroende',
    organisation: 'beroendemottagningen',
    name: 'Beroendemottagningen Varberg',
    hsaId: hsa.beroende,
  },
} satisfies Record<Invited['key'], Invited>;

const units = Object.values(invited);

const owner = ({ organisation, name, hsaId }: Invited): Task['owner'] => ({
  ...ref(`Organization/${organisation}`, name),
  identifier: hsaIdentifier(hsaId),
});

/** In the record of who invites: the unit answers in its own. */
const invitation = (time: StoryTime, unit: Invited): Task => ({
  resourceType: 'Task',
  id: `elis-sip-inbjudan-${unit.key}`,
  status: 'requested',
  intent: 'order',
  code: concept(sipTasks.inbjudan),
  focus: ref('CarePlan/elis-sip'),
  for: ref(`Patient/${patient}`),
  authoredOn: time.at(-20, '10:15'),
  lastModified: time.at(-20, '10:15'),
  requester: PETRA,
  owner: owner(unit),
  restriction: { period: { end: time.at(-6, '17:00') } },
});

/** What a unit has answered; with the reason when it declines. */
const answer = (time: StoryTime, unit: Invited, declined?: string): Task => ({
  resourceType: 'Task',
  id: `elis-sip-svar-${unit.key}`,
  basedOn: [ref(`Task/elis-sip-inbjudan-${unit.key}`)],
  status: declined ? 'rejected' : 'accepted',
  ...(declined && { statusReason: { text: declined } }),
  intent: 'filler-order',
  code: concept(sipTasks.svar),
  focus: ref('CarePlan/elis-sip'),
  for: ref(`Patient/${patient}`),
  authoredOn: time.at(-14, '09:00'),
  lastModified: time.at(-14, '09:00'),
  owner: owner(unit),
});

/** To come on every day of the story; R4 lets no Organization take part, so units are named by HSA-id. */
const meeting = (time: StoryTime): Appointment => ({
  resourceType: 'Appointment',
  id: 'elis-sip-mote',
  status: 'booked',
  appointmentType: { text: 'SIP-möte' },
  description: 'SIP-möte',
  start: time.at(9, '13:00'),
  end: time.at(9, '14:00'),
  comment: 'Vårdcentralen Kusten',
  participant: [
    { actor: ref(`Patient/${patient}`, 'Elis Testberg'), required: 'required', status: 'accepted' },
    { actor: PETRA, required: 'required', status: 'accepted' },
    ...units.map(({ name, hsaId, key }) => ({
      actor: { identifier: hsaIdentifier(hsaId), display: name },
      required: 'required' as const,
      status: key === 'beroende' ? ('declined' as const) : ('accepted' as const),
    })),
  ],
});

const head = (time: StoryTime): CarePlan =>
  ownPlan({
    id: 'elis-sip',
    patient,
    kind: 'SIP',
    title: 'Samordnad individuell plan (SIP)',
    author: ['petra-sund', 'Petra Sund'],
    start: time.date(-20),
    activity: [
      row({
        text: 'Skriver upp hur veckan har varit.',
        who: `Patient/${patient}`,
        often: 'Varje söndag',
        huvudman: 'personen',
      }),
    ],
    more: {
      status: 'draft',
      extension: sipStated({
        lage: 'planeras',
        initiative: PETRA,
        participants: units.map(({ organisation, name }) => [`Organization/${organisation}`, name] as const),
      }),
      description: 'Viktigt för Elis: att sova, dricka mindre och komma tillbaka till jobbet.',
      addresses: [ref('Condition/elis-alkohol')],
      supportingInfo: [ref('Consent/elis-samtycke-sip'), ref('Appointment/elis-sip-mote')],
    },
  });

const part = (
  time: StoryTime,
  of: Pick<CarePlan, 'id' | 'title'> & { author: readonly [role: string, name: string] },
  activity: CarePlanActivity,
  labels?: Parameters<typeof ownPlan>[0]['labels'],
): CarePlan =>
  ownPlan({
    id: of.id ?? '',
    patient,
    kind: 'SIP',
    title: of.title ?? '',
    author: of.author,
    partOf: 'elis-sip',
    start: time.date(-12),
    activity: [activity],
    ...(labels && { labels }),
  });

/** The private vårdcentral invites, on Elis' consent: the head, the invitations, the meeting and its own part. */
export const vardcentralSip = (time: StoryTime): (CarePlan | Task | Appointment | Made)[] => [
  sipConsent({
    id: 'elis-samtycke-sip',
    patient,
    at: time.date(-30),
    answer: 'yes',
    form: 'skriftligt',
    unit: hsa.privatVardcentral,
    start: time.date(-30),
    end: time.date(335),
  }),
  head(time),
  ...units.map((unit) => invitation(time, unit)),
  meeting(time),
  part(
    time,
    {
      id: 'elis-sip-vardcentral',
      title: 'SIP: vårdcentralens insatser',
      author: ['petra-sund', 'Petra Sund'],
    },
    row({
      text: 'Träffar läkaren.',
      who: 'PractitionerRole/petra-sund',
      often: 'Varannan vecka',
      huvudman: 'region',
    }),
  ),
];

export const psychiatrySip = (time: StoryTime): (CarePlan | Task)[] => [
  answer(time, invited.psykiatri),
  part(
    time,
    {
      id: 'elis-sip-psykiatri',
      title: 'SIP: psykiatrins insatser',
      author: ['karim-haddad', 'Karim Haddad'],
    },
    row({
      text: 'Samtalsbehandling.',
      who: 'PractitionerRole/karim-haddad',
      often: 'Varje vecka',
      huvudman: 'region',
    }),
  ),
];

/** Boendestöd is shared; what is done about addiction stays with the socialtjänst (SVOD 2022:913 1 kap. 3 §). */
export const socialtjanstSip = (time: StoryTime): (CarePlan | Task)[] => {
  const author = ['nina-holm', 'Nina Holm'] as const;
  const who = 'PractitionerRole/nina-holm';
  return [
    answer(time, invited.socialtjanst),
    part(
      time,
      { id: 'elis-sip-boendestod', title: 'SIP: boendestöd', author },
      row({ text: 'Boendestöd hemma.', who, often: 'Tisdag och fredag', huvudman: 'kommun' }),
    ),
    part(
      time,
      { id: 'elis-sip-socialtjanst', title: 'SIP: socialtjänstens stöd vid beroende', author },
      row({ text: 'Stödsamtal om alkohol på öppenvården.', who, often: 'Varje vecka', huvudman: 'kommun' }),
      [outsideSvod],
    ),
  ];
};

/** When one huvudman finds that a SIP is needed both are bound (HSL 2017:30 16 kap. 4 §); a unit of one may still decline. */
export const declinedSip = (time: StoryTime): Task[] => [
  answer(
    time,
    invited.beroende,
    'Elis är inte inskriven hos oss. Psykiatriska mottagningen deltar för regionen.',
  ),
];
