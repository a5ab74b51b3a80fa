import { extensions, sipCategory, sipExtensions, sipTasks } from '@naravard/care';
import {
  answered,
  bad,
  type Call,
  careCommission,
  checkScopes,
  type Engine,
  type Interaction,
  inputOf,
  referring,
  said,
  writeAll,
} from '@naravard/rest';
import { creation, type Made, writingAs } from '../../writing.ts';
import { groundFor } from './head.ts';
import { bookedMeeting, type Occasion, type Unit, unitActor } from './meeting.ts';
import { occasionIn } from './occasion.ts';
import { parties, referenceIn, referencesIn } from './referring.ts';
import { unitsOf } from './units.ts';

const known = {
  inbjuden: 'reference',
  samordnare: 'reference',
  initiativ: 'reference',
  viktigt: 'string',
  start: 'date',
  slut: 'date',
  plats: 'string',
  'svara-senast': 'date',
} as const;

/**
 * `POST Patient/[id]/$sip-inbjudan` (HSL 2017:30 16 kap. 4 §, LUS 2017:612 4 kap. 2-3 §§): who sees the need invites, once
 * there is a consent or what stands in its place. Makes the head as a draft, one Task for each invited unit (`inbjuden`,
 * Organizations) and the meeting where `start` and `slut` are given. `samordnare` is a PractitionerRole.
 */
export const sipInbjudan: Interaction = {
  name: '$sip-inbjudan',
  method: 'POST',
  route: '/Patient/:id/$sip-inbjudan',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { id } = call;
    const commission = careCommission(call.context.actor);
    for (const type of ['CarePlan', 'Task']) checkScopes(call.context.actor, type, 'c');
    const asked = askedIn(engine, call);
    if (asked.occasion) checkScopes(call.context.actor, 'Appointment', 'c');
    const context = writingAs(call.context, commission);
    return engine.store.transaction(context, async (transaction) => {
      const { source } = await groundFor({ transaction, context, commission }, id);
      const units = await unitsOf(transaction, 'inbjuden', asked.invited);
      const { occasion, samordnare } = asked;
      const meeting = occasion && creation(engine, context, bookedMeeting(id, samordnare, units, occasion));
      const supporting = [source, ...(meeting ? [`Appointment/${meeting.id}`] : [])];
      const head = creation(engine, context, headOf(asked, units, supporting));
      const tasks = units.map((unit) => creation(engine, context, invitation(asked, unit, head.id)));
      await writeAll(transaction, [head, ...tasks, ...(meeting ? [meeting] : [])]);
      return answered(
        referring('plan', `CarePlan/${head.id}`),
        { name: 'lage', valueCode: 'inbjudan' },
        ...tasks.map((task) => referring('inbjudan', `Task/${task.id}`)),
        ...(meeting ? [referring('mote', `Appointment/${meeting.id}`)] : []),
        said('Inbjudan till SIP är skickad. De inbjudna svarar var för sig.'),
      );
    });
  },
};

interface Asked {
  readonly patient: string;
  readonly at: string;
  readonly samordnare: string;
  readonly invited: readonly string[];
  readonly initiativ: string | undefined;
  readonly viktigt: string | undefined;
  readonly occasion: Occasion | undefined;
  /** Instant by which the units are to answer. */
  readonly due: string | undefined;
}

function askedIn(engine: Engine, call: Call): Asked {
  const input = inputOf(engine, call, known);
  const samordnare = referenceIn(engine, call, 'samordnare', ['PractitionerRole']);
  if (samordnare === undefined) throw bad('samordnare', 'Name the samordnare, a PractitionerRole.');
  const invited = referencesIn(engine, call, 'inbjuden', ['Organization']);
  if (!invited.length) throw bad('inbjuden', 'Invite at least one unit, an Organization.');
  return {
    patient: call.id,
    at: call.context.at,
    samordnare,
    invited,
    initiativ: referenceIn(engine, call, 'initiativ', parties),
    viktigt: input.text('viktigt'),
    occasion: occasionIn(input),
    due: input.date('svara-senast')?.end,
  };
}

const headOf = (asked: Asked, units: readonly Unit[], supporting: readonly string[]): Made => ({
  resourceType: 'CarePlan',
  extension: [
    { url: extensions.sipLage, valueCode: 'inbjudan' },
    ...(asked.initiativ
      ? [{ url: sipExtensions.initiativ, valueReference: { reference: asked.initiativ } }]
      : []),
    ...units.map(({ reference, name }) => ({
      url: sipExtensions.deltagare,
      extension: [{ url: 'vem', valueReference: { reference, display: name } }],
    })),
  ],
  status: 'draft',
  intent: 'plan',
  category: [{ coding: [sipCategory] }],
  title: 'Samordnad individuell plan (SIP)',
  ...(asked.viktigt !== undefined && { description: asked.viktigt }),
  subject: { reference: `Patient/${asked.patient}` },
  created: asked.at,
  author: { reference: asked.samordnare },
  supportingInfo: supporting.map((reference) => ({ reference })),
});

/** http://hl7.org/fhir/R4/task.html: in the record of who invites; `owner` is who is to answer. */
const invitation = (asked: Asked, unit: Unit, head: string): Made => ({
  resourceType: 'Task',
  status: 'requested',
  intent: 'order',
  code: { coding: [sipTasks.inbjudan] },
  focus: { reference: `CarePlan/${head}` },
  for: { reference: `Patient/${asked.patient}` },
  authoredOn: asked.at,
  lastModified: asked.at,
  requester: { reference: asked.samordnare },
  owner: { reference: unit.reference, ...unitActor(unit) },
  ...(asked.due !== undefined && { restriction: { period: { end: asked.due } } }),
});
