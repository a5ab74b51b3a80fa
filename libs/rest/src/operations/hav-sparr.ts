import { type Actor, factsOf, keyOfActor, liftGroundCodes, sparrLift } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import type { KnownFact, RequestContext } from '@naravard/store';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import type { Reply } from '../reply.ts';
import { answered, referring, said } from './answer.ts';
import {
  actorOf,
  checkPerson,
  checkScopes,
  checkTakesPart,
  isBlockOfficer,
  type Keeper,
  mayEnd,
  type Speaker,
  speakerOf,
} from './callers.ts';
import { bad, type Input, inputOf } from './input.ts';
import { keeping, type Recording, record } from './recording.ts';
import { refused } from './refusal.ts';

/**
 * `POST Patient/[id]/$hav-sparr`: ends a spärr because the person wants it (PDL 2008:355 4 kap 4 §, SVOD 2022:913 2 kap 3 §), or, with
 * `unit` and `end`, lifts it for one unit or one employee there, for a time. An inner one is so lifted by an authorised
 * officer of the vårdgivare: with consent, or as indispensable and then for the `relevant` types alone (PDL 4 kap 5 §). An
 * outer one by the person's wish, or by an officer of who has blocked, when another asks for it in danger (SVOD 3 kap 5 §).
 * Staff and officers end one with `ground` consent, which is noted in it: staff an inner one at the unit whose information it
 * is about.
 */
export const havSparr: Interaction = {
  name: '$hav-sparr',
  method: 'POST',
  route: '/Patient/:id/$hav-sparr',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id } = call;
    const speaker = speakerOf(context.actor, id);
    const input = inputOf(engine, call, {
      sparr: 'reference',
      unit: 'identifier',
      person: 'identifier',
      end: 'date',
      ground: 'code',
      relevant: 'code',
    });
    const sparr = input.idOf('sparr', 'Consent');
    if (sparr === undefined) throw bad('sparr', 'Name the spärr as a Reference to Consent/id.');
    const ground = input.code('ground', grounds);
    const isForTime =
      (ground ?? 'consent') !== 'consent' ||
      ['unit', 'person', 'end', 'relevant'].some((name) => input.texts(name).length);
    checkScopes(context.actor, 'Consent', isForTime ? 'c' : 'u');
    const block = blockIn((await engine.store.facts(id)) ?? [], call, speaker, sparr);
    const lift = isForTime ? liftIn(input, speaker, context, block) : undefined;
    if (!lift) checkEnding(speaker, context.actor, block, ground);
    const reason = isBlockOfficer(context.actor) ? 'block-officer' : context.scope.reason;
    const kept = keeping(call, keeperOf(speaker, block), reason);
    return done(engine, call, kept, lift?.end, (stated) => {
      blockIn(stated, call, speaker, sparr);
      return lift
        ? { made: [sparrLift({ patient: id, at: context.at, start: context.at, sparr, ...lift })] }
        : { made: [], ended: [block.source, ...liftsOf(block, stated)], wished: ground === 'consent' };
    });
  },
};

async function done(
  engine: Engine,
  call: Call,
  kept: RequestContext,
  until: string | undefined,
  judge: (stated: readonly KnownFact[]) => Recording,
): Promise<Reply> {
  const [lift] = await record(engine, call, kept, judge);
  return lift === undefined
    ? answered(said('Spärren är hävd.'))
    : answered(referring('lift', lift), said(`Spärren är tillfälligt hävd till ${until}.`));
}

/**
 * The spärr, for who may have it lifted at all. It is lifted where it is kept: to everybody but the person, one of another
 * organisation is not there. @throws Problem 'forbidden' or 'not-found'
 */
function blockIn(
  stated: readonly KnownFact[],
  { id, context: { actor, at } }: Call,
  speaker: Speaker,
  sparr: string,
): KnownFact {
  const facts = factsOf(id, stated);
  if (speaker.kind === 'patient') checkPerson(facts, at);
  else if (!isBlockOfficer(actor)) checkTakesPart(facts, speaker.commission, at);
  const own = speaker.kind === 'staff' ? keyOfActor(speaker.commission.organisation) : undefined;
  const block = stated.find(
    ({ kind, about, organisation }) =>
      about === sparr &&
      (kind === 'block-inner' || kind === 'block-outer') &&
      (own === undefined || organisation === own),
  );
  if (block) return block;
  throw new Problem('not-found');
}

/** A spärr that ends takes what it was lifted by with it. */
const liftsOf = (block: KnownFact, stated: readonly KnownFact[]): string[] =>
  stated
    .filter(
      ({ kind, about, organisation }) =>
        kind === 'lift' && about === block.about && organisation === block.organisation,
    )
    .map(({ source }) => source);

const keeperOf = (speaker: Speaker, { organisation, unit }: KnownFact): Keeper =>
  speaker.kind === 'staff' ? speaker.commission : { organisation: actorOf(organisation), unit };

/**
 * PDL 4 kap 4-5 §§, SVOD 2 kap 3 §: a spärr ends because the person wants it, also before an officer. Staff note that it is so; who is kept out by an
 * inner one does not end it. @throws Problem 'forbidden' or 'bad-request'
 */
function checkEnding(speaker: Speaker, actor: Actor, block: KnownFact, ground: Ground | undefined): void {
  if (!mayEnd(speaker, actor, block)) {
    throw refused(
      'forbidden',
      'An inner spärr is ended at the unit whose information it is about, by the person, or by an authorised officer (PDL 2008:355 4 kap 4-5 §§).',
      'Den inre spärren hävs på den enhet vars uppgifter den gäller, av personen själv eller av en behörig spärrhandläggare.',
    );
  }
  if (speaker.kind === 'patient' || ground === 'consent') return;
  throw bad('ground', 'A spärr ends when the person wants it: say so with ground, consent.');
}

type Ground = keyof typeof liftGroundCodes;
const grounds = Object.keys(liftGroundCodes) as Ground[];

interface Lift {
  unit: string;
  person?: string;
  end: string;
  ground: Ground;
  relevant: readonly string[];
}

function liftIn(input: Input, speaker: Speaker, { actor, at }: RequestContext, block: KnownFact): Lift {
  const unit = input.hsaId('unit');
  const person = input.hsaId('person');
  const end = input.date('end');
  const ground = input.code('ground', grounds) ?? 'consent';
  if (unit === undefined || end === undefined) {
    throw bad(
      'unit',
      'To lift a spärr for a time, name the unit by HSA-id, and the end. To end it, give sparr alone.',
    );
  }
  if (end.end <= at) throw bad('end', 'The end must be in the time to come.');
  if (block.kind === 'block-inner') checkInner(speaker, isBlockOfficer(actor), ground);
  else checkOuter(isBlockOfficer(actor), ground);
  const relevant = input.texts('relevant');
  return { unit, end: end.text, ground, relevant, ...(person !== undefined && { person }) };
}

/** PDL 4 kap 5 §. What is relevant is asked for where the lift is stated. */
function checkInner(speaker: Speaker, isOfficer: boolean, ground: Ground): void {
  if (ground === 'blocker') throw bad('ground', 'An inner spärr is lifted by consent or as indispensable.');
  if (speaker.kind === 'staff' && isOfficer) return;
  throw refused(
    'forbidden',
    'An inner spärr is lifted for a time by an authorised officer of the vårdgivare (PDL 2008:355 4 kap 5 §).',
    speaker.kind === 'patient'
      ? 'Kontakta mottagningen om spärren ska hävas tillfälligt, eller häv den helt.'
      : 'Bara en behörig spärrhandläggare kan häva spärren tillfälligt.',
  );
}

/** SVOD 2 kap 3 §, 3 kap 5 §. */
function checkOuter(isOfficer: boolean, ground: Ground): void {
  if (ground === 'indispensable') {
    throw bad('ground', 'An outer spärr is lifted by consent, or by who has blocked: consent or blocker.');
  }
  if (ground === 'consent' || isOfficer) return;
  throw refused(
    'forbidden',
    'At the request of another, a spärr is lifted by an authorised officer of who has blocked (SVOD 2022:913 3 kap 5 §).',
    'Bara en behörig spärrhandläggare kan häva spärren på begäran av en annan vårdgivare.',
  );
}
