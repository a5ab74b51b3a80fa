import {
  type Actor,
  type AgeException,
  aboutPatient,
  byHsaId,
  deciding,
  type Facts,
  factsOf,
  holds,
  isDirectory,
  type LegalActor,
  type Made,
  sameActor,
  systems,
} from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { textOf } from '../reply.ts';
import { answered, referring, said } from './answer.ts';
import { actorOf, careCommission, checkKnown, checkScopes, type Keeper, keeperOf } from './callers.ts';
import { bad, type Input, inputOf } from './input.ts';
import { personsKeeper } from './named-keeper.ts';
import { keeping, keyOf, record } from './recording.ts';
import { refused } from './refusal.ts';

/** Codes of `https://naravard.se/fhir/CodeSystem/communication`: display, and what who wrote it is told. */
const kinds = {
  'egen-anteckning': ['Egen anteckning', 'Anteckningen är sparad.'],
  'onskan-fast-kontakt': ['Önskan om fast kontakt', 'Din önskan är sparad.'],
  'onskan-sip': ['Önskan om SIP', 'Din önskan är sparad.'],
  'onskan-andring': ['Önskan om ändring', 'Din önskan är sparad.'],
  'fel-nummer': ['Numret är fel', 'Tack. Anmälan är sparad.'],
} as const;

type Kind = keyof typeof kinds;

const longest = 2000;
const targets = ['CarePlan', 'CareTeam', 'PractitionerRole', 'HealthcareService'];

/**
 * `POST Patient/[id]/$meddelande`: what the person, or who acts for a child, has to say to the care, as a Communication from
 * them in the record of who keeps what it is about (patientlagen 2014:821 5 kap 1 §: care is planned together with the
 * patient). Who may read about the person by own access may write (PDL 2008:355 5 kap 5 §). Staff tell of numbers that lead
 * wrong, in the record of their own organisation: nobody writes in another's.
 */
export const meddelande: Interaction = {
  name: '$meddelande',
  method: 'POST',
  route: '/Patient/:id/$meddelande',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id } = call;
    checkScopes(context.actor, 'Communication', 'c');
    const input = inputOf(engine, call, {
      kind: 'code',
      text: 'string',
      about: 'reference',
      organisation: 'identifier',
      as: 'code',
    });
    const { kind, text, about } = saidIn(engine, input);
    const author = authorOf(context.actor, kind);
    const person = await engine.store.read(context, 'Patient', id);
    if (!person || person.deleted) throw new Problem('not-found');
    const labels = about === undefined ? [] : await labelsOf(engine, call, about);
    const keeper = await keeperFor(engine, call, author, { about, input });
    const kept = keeping(call, keeper, context.scope.reason);
    const message = messageOf({ kind, text, about, labels, author, keeper, patient: id, at: context.at });
    const [communication = ''] = await record(engine, call, kept, () => ({ made: [message] }));
    const seen = await engine.store.visible(context, [keyOf(communication)]);
    return answered(referring('communication', communication), said(told(kind, author, seen.size > 0)));
  },
};

interface Said {
  readonly kind: Kind;
  readonly text: string;
  /** `Type/id`. */
  readonly about: string | undefined;
}

function saidIn({ base }: Engine, input: Input): Said {
  const codes = Object.keys(kinds) as Kind[];
  const kind = input.code('kind', codes);
  if (kind === undefined) throw bad('kind', `Give the kind: ${codes.join(', ')}.`);
  const text = input.text('text');
  if (text === undefined || text.length > longest) {
    throw bad('text', `Give the text, of at most ${longest} characters.`);
  }
  const { reference } = (input.resource('about') ?? {}) as { reference?: string };
  if (reference === undefined) return { kind, text, about: undefined };
  const about = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  if (!targets.includes(keyOf(about).type) || !/^\w+\/[A-Za-z0-9.-]{1,64}$/.test(about)) {
    throw bad('about', `about must be a Reference to ${targets.join('/id, ')}/id.`);
  }
  return { kind, text, about };
}

/** Who says it, as `Communication.sender` names them. */
interface Author {
  readonly commission?: ReturnType<typeof careCommission>;
  /** What lets the author read on while the person is 13-15 (PDL 2008:355 5 kap 5 §). */
  readonly exception?: AgeException['kind'];
  readonly sender: object;
  readonly contained?: object;
}

/** @throws Problem 'forbidden' for staff who would speak in the person's place, and for systems of their own accord */
function authorOf(actor: Actor, kind: Kind): Author {
  const who = deciding(actor.caller);
  if (who.kind === 'patient')
    return { sender: aboutPatient(who.patient), exception: 'young-person-has-access' };
  if (who.kind === 'guardian') {
    const identifier = { system: systems.person, value: who.person };
    return { sender: { type: 'RelatedPerson', identifier }, exception: 'guardian-keeps-access' };
  }
  const commission = careCommission(actor);
  if (kind !== 'fel-nummer') throw personsOwn();
  const contained = {
    resourceType: 'PractitionerRole',
    id: 'avsandare',
    practitioner: { type: 'Practitioner', ...byHsaId(commission.employee) },
    organization: { type: 'Organization', ...byHsaId(commission.unit) },
  };
  return { commission, sender: { reference: '#avsandare' }, contained };
}

/** Security labels of what it is about, which the message tells of. @throws Problem 'unprocessable' as of what is not there */
async function labelsOf(engine: Engine, { context, id }: Call, about: string): Promise<readonly object[]> {
  const { type, id: of } = keyOf(about);
  const stored = await engine.store.read(context, type, of);
  if (!stored || stored.deleted) throw unknown();
  if (isDirectory(type)) return [];
  const resource = JSON.parse(textOf(stored)) as { meta?: { security?: object[] } };
  if (engine.extract(type, of, resource).patient !== id) throw unknown();
  return resource.meta?.security ?? [];
}

/** Whether an organisation keeps what it is about for the person: the directory is kept for all. */
const isKept = (about: string | undefined): about is string =>
  about !== undefined && !isDirectory(keyOf(about).type);

/** Who is told: of staff the own unit; who is named, who keeps what it is about, or who has registered the person. */
async function keeperFor(
  engine: Engine,
  call: Call,
  { commission, exception }: Author,
  { about, input }: { readonly about: string | undefined; readonly input: Input },
): Promise<Keeper> {
  if (commission) return keeperOf(commission);
  const { context, id } = call;
  if (input.hsaId('organisation') !== undefined) {
    if (isKept(about)) throw toItsKeeper();
    const { organisation } = personsKeeper(input);
    const facts = factsOf(id, (await engine.store.facts(id)) ?? []);
    checkKnown(facts, organisation);
    return { organisation, unit: unitWith(exception, organisation, facts, context.at) };
  }
  const source = isKept(about) ? about : `Patient/${id}`;
  const kept = await engine.store.keepers(context, [keyOf(source)]);
  const { custodian = null, unit = null } = kept.get(source) ?? {};
  return { organisation: actorOf(custodian), unit };
}

/** An exception opens what its unit has written: there it is kept, so that who wrote it can read it. */
const unitWith = (
  kind: AgeException['kind'] | undefined,
  organisation: LegalActor,
  { ageExceptions }: Facts,
  at: string,
): string | null =>
  ageExceptions.find(
    (each) => each.kind === kind && sameActor(each.organisation, organisation) && holds(each.during, at),
  )?.unit ?? null;

/** What is promised is what the law lets: at 13-15 who wrote it may not always read it. */
function told(kind: Kind, { commission, exception }: Author, isSeen: boolean): string {
  const saved = kinds[kind][1];
  if (commission) return `${saved} Nu går det att se i planen att numret är fel.`;
  const whom = exception === 'guardian-keeps-access' ? 'barnet' : 'dig';
  return `${saved} De som vårdar ${whom} kan läsa den.${isSeen ? '' : ' Du kan inte läsa den själv här.'} Ring om det är bråttom.`;
}

interface Message extends Said {
  readonly labels: readonly object[];
  readonly author: Author;
  readonly keeper: { readonly organisation: LegalActor };
  readonly patient: string;
  readonly at: string;
}

const messageOf = ({ kind, text, about, labels, author, keeper, patient, at }: Message): Made => ({
  resourceType: 'Communication',
  ...(labels.length && { meta: { security: labels } }),
  ...(author.contained && { contained: [author.contained] }),
  status: 'completed',
  category: [{ coding: [{ system: category, code: kind, display: kinds[kind][0] }] }],
  subject: aboutPatient(patient),
  ...(about !== undefined && { about: [{ reference: about }] }),
  sent: at,
  recipient: [{ type: 'Organization', ...byHsaId(keeper.organisation.hsaId) }],
  sender: author.sender,
  payload: [{ contentString: text }],
});

const category = 'https://naravard.se/fhir/CodeSystem/communication';

const toItsKeeper = () =>
  bad('organisation', 'What is said about something is said to who keeps that: leave organisation out.');

const personsOwn = () =>
  refused(
    'forbidden',
    'This is for the person, or who acts for a child: staff tell of numbers that lead wrong (kind fel-nummer), and write other things as themselves.',
    'Det här skriver patienten själv. Som personal kan du anmäla att ett nummer är fel.',
    "Parameters.parameter.where(name = 'kind')",
  );

const unknown = () =>
  refused(
    'unprocessable',
    'There is nothing of this person, or in the directory, at the reference in about: leave it out, or refer to what you can read.',
    'Det som meddelandet gäller finns inte här.',
    "Parameters.parameter.where(name = 'about')",
  );
