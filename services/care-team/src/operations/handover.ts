import {
  endingPatch,
  handoverMessage,
  isFastKontakt,
  memberOf,
  nextContact,
  type Takeover,
  takeoverAt,
} from '@naravard/care';
import { applyJsonPatch, Problem, periodRange } from '@naravard/fhir';
import {
  answered,
  bad,
  type Call,
  careCommission,
  checkMatch,
  checkScopes,
  type Engine,
  type Interaction,
  inputOf,
  referring,
  refused,
  said,
  stage,
  textOf,
  writeAll,
} from '@naravard/rest';

type Transaction = Parameters<Parameters<Engine['store']['transaction']>[1]>[0];
type CareTeam = Parameters<typeof nextContact>[0];
type Writing = ReturnType<typeof stage>;

/**
 * `POST CareTeam/[id]/$handover`: one fast kontakt ends and the next begins, with a message to both, all of it or nothing, by the
 * organisation that answers for the contact (patientlagen 2014:821 6 kap; patientdatalagen 2008:355 3 kap 14 §: what was so stays).
 * `start` is now when it is left out; it may lie in the past, after the contact began, and in the time to come. If-Match,
 * where it is sent, is about the contact that ends. Of two who hand over at once one is told that it has ended (409) or
 * changed (412).
 */
export const handover: Interaction = {
  name: '$handover',
  method: 'POST',
  route: '/CareTeam/:id/$handover',
  body: ['fhir'],
  matches: true,
  writes: true,
  async handle(engine, call) {
    const { context } = call;
    const { employee } = careCommission(context.actor);
    for (const letter of ['u', 'c'] as const) checkScopes(context.actor, 'CareTeam', letter);
    checkScopes(context.actor, 'Communication', 'c');
    const asked = askedIn(engine, call);
    const { next, message } = await engine.store.transaction(context, async (transaction) => {
      const before = await contactBefore(transaction, call, asked);
      const role = await roleOf(transaction, asked.to);
      return handOver(engine, call, transaction, { before, role, asked, employee });
    });
    const noted = next.warnings.flatMap(({ rule, sv }) =>
      rule && sv ? [{ name: 'warning', valueString: sv }] : [],
    );
    return answered(
      referring('ended', `CareTeam/${call.id}`),
      referring('contact', `CareTeam/${next.write.id}`),
      referring('message', `Communication/${message.write.id}`),
      ...noted,
      said('Den fasta kontakten är överlämnad. Båda har fått ett meddelande.'),
    );
  },
};

interface Asked {
  readonly to: string;
  readonly start: Takeover;
  readonly reason: string;
  readonly message: string | undefined;
  readonly uppdrag: string | undefined;
  readonly phone: string | undefined;
}

function askedIn(engine: Engine, call: Call): Asked {
  const input = inputOf(engine, call, {
    to: 'reference',
    start: 'date',
    reason: 'string',
    message: 'string',
    uppdrag: 'string',
    phone: 'string',
  });
  const to = input.idOf('to', 'PractitionerRole');
  if (to === undefined) throw bad('to', 'Name who takes over, as a Reference to PractitionerRole/id.');
  const reason = input.text('reason');
  if (reason === undefined) throw bad('reason', 'Give the reason: both read it.');
  const given = input.date('start');
  const start = given ? takeoverAt(given) : takeoverAt({ text: call.context.at, start: call.context.at });
  if (start === undefined) throw bad('start', 'Give the day, as 2026-11-23, or the instant.');
  const [message, uppdrag, phone] = ['message', 'uppdrag', 'phone'].map((name) => input.text(name));
  return { to, start, reason, message, uppdrag, phone };
}

interface Before {
  readonly team: CareTeam;
  readonly text: string;
  readonly version: number;
}

/** The contact that ends, locked. @throws Problem why it is not handed over */
async function contactBefore(transaction: Transaction, call: Call, { to, start }: Asked): Promise<Before> {
  const [stored] = await transaction.current([{ type: 'CareTeam', id: call.id }]);
  if (!stored) throw new Problem('not-found');
  if (stored.deleted) throw new Problem('deleted');
  const { version } = stored;
  checkMatch(call, version);
  const text = textOf(stored);
  const team = JSON.parse(text) as object;
  if (!isFastKontakt(team)) throw notContact();
  const during = team.period && periodRange(team.period);
  if (team.status !== 'active' || (during?.end && during.end <= start.start)) throw hasEnded();
  if (during?.start && start.start <= during.start) throw tooEarly();
  if (memberOf(team) === `PractitionerRole/${to}`) throw samePerson();
  return { team, text, version };
}

interface Role {
  readonly name: string | undefined;
  readonly unit: string | undefined;
}

/** Whether the role is held by somebody and in use is asked by rule careteam-namngiven-person. */
async function roleOf(transaction: Transaction, id: string): Promise<Role> {
  const stored = await transaction.read('PractitionerRole', id);
  if (!stored || stored.deleted) throw unknownRole();
  const { practitioner, organization } = JSON.parse(textOf(stored)) as {
    practitioner?: { display?: string };
    organization?: { reference?: string };
  };
  return { name: practitioner?.display, unit: organization?.reference };
}

interface Deciding {
  readonly before: Before;
  readonly role: Role;
  readonly asked: Asked;
  readonly employee: string;
}

/** The end goes first, since what it gives up, the place of the one fast läkarkontakt, is free for the next then. */
async function handOver(
  engine: Engine,
  { context, id }: Call,
  transaction: Transaction,
  { before: { team, text, version }, role, asked, employee }: Deciding,
): Promise<{ next: Writing; message: Writing }> {
  const { to, start, reason, message, uppdrag, phone } = asked;
  const patch = JSON.stringify(endingPatch(team, start, context.at));
  const ending = { type: 'CareTeam', id, text: applyJsonPatch(text, patch), expected: version } as const;
  const end = stage(engine, context, { ...ending, method: 'PATCH', mode: 'update' });
  await writeAll(transaction, [end.write]);
  const create = (resource: { resourceType: string }) =>
    stage(engine, context, {
      type: resource.resourceType,
      id: engine.store.newId(),
      text: JSON.stringify(resource),
      resource,
      method: 'POST',
      mode: 'create',
    });
  const after = `CareTeam/${id}`;
  const next = create(nextContact(team, { after, role: to, ...role, start, uppdrag, phone }));
  const told = create(
    handoverMessage({
      contacts: [after, `CareTeam/${next.write.id}`],
      before: team,
      recipients: [memberOf(team), `PractitionerRole/${to}`].filter((each) => each !== undefined),
      sender: employee,
      sent: context.at,
      reason,
      message,
    }),
  );
  await writeAll(transaction, [next.write, told.write]);
  return { next, message: told };
}

const notContact = () =>
  refused(
    'unprocessable',
    'Only a fast kontakt is handed over: a CareTeam of category fast-kontakt.',
    'Bara en fast kontakt kan lämnas över.',
  );

const hasEnded = () =>
  refused(
    'conflict',
    'This contact is not active then: Patient/[id]/$fasta-kontakter tells who is the contact.',
    'Den här fasta kontakten är redan avslutad. Ta reda på vem som är fast kontakt nu.',
  );

const tooEarly = () =>
  refused(
    'unprocessable',
    'The next contact takes over after this one began: give a later start, as an instant when both are on one day.',
    'Överlämningen måste ske efter att den nuvarande kontakten började.',
    'start',
  );

const samePerson = () =>
  refused(
    'unprocessable',
    'This person is the contact already: name another PractitionerRole.',
    'Personen är redan fast kontakt. Välj en annan person.',
    'to',
  );

const unknownRole = () =>
  refused(
    'unprocessable',
    'There is no such PractitionerRole here: who takes over must be in the directory.',
    'Personen finns inte i katalogen.',
    'to',
  );
