import { type Facts, factsOf, informationTypeCodes, keyOfActor, type Made, sparr } from '@naravard/access';
import type { KnownFact } from '@naravard/store';
import type { Interaction } from '../call.ts';
import { answered, referring, said } from './answer.ts';
import {
  checkKnown,
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
import { named, personsKeeper } from './named-keeper.ts';
import { keeping, record } from './recording.ts';

/** Parameters on what a spärr is about. */
const about = {
  reach: 'code',
  informationStart: 'date',
  informationEnd: 'date',
  spares: 'code',
} as const;

const reaches = ['inre', 'yttre'] as const;

/**
 * `POST Patient/[id]/$sparra` (PDL 2008:355 4 kap 4 §, SVOD 2022:913 2 kap 3 §): information is blocked at once, because the
 * person asks for it: by own log-in, naming whose information it is, or through staff of that organisation. `inre` is
 * against its other units, `yttre` against other organisations. A vårdnadshavare may not block what is about a child. The
 * same spärr asked for twice is one.
 */
export const sparra: Interaction = {
  name: '$sparra',
  method: 'POST',
  route: '/Patient/:id/$sparra',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id } = call;
    const speaker = speakerOf(context.actor, id);
    checkScopes(context.actor, 'Consent', 'c');
    const asked = askedIn(inputOf(engine, call, { ...named, ...about }), speaker, id, context.at);
    const kept = keeping(call, asked.keeper, context.scope.reason);
    let standing: KnownFact | undefined;
    const [made] = await record(engine, call, kept, (stated) => {
      checkMayBlock(speaker, asked.keeper, factsOf(id, stated), context);
      standing = stated.find((fact) => isSame(fact, asked, context.at));
      return { made: standing === undefined ? [asked.made] : [] };
    });
    // Whom an inner spärr keeps out is not told which Consent it is, nor by that whether it stood before.
    const told = mayEnd(speaker, context.actor, asked) ? (standing?.source ?? made) : undefined;
    return answered(
      ...(told === undefined ? [] : [referring('sparr', told)]),
      said('Uppgifterna är spärrade. Spärren kan hävas när som helst om personen vill.'),
    );
  },
};

interface Asked {
  keeper: Keeper;
  kind: 'block-inner' | 'block-outer';
  /** Whose information, by HSA-id; null = all of the organisation's. */
  unit: string | null;
  information: { start: string | null; end: string | null };
  spares: readonly string[];
  made: Made;
}

function askedIn(input: Input, speaker: Speaker, patient: string, at: string): Asked {
  const reach = input.code('reach', reaches);
  if (reach === undefined) throw bad('reach', `Say against whom: ${reaches.join(' or ')}.`);
  const isInner = reach === 'inre';
  const given = input.hsaId('unit');
  const keeper = keeperOf(input, speaker);
  const unit = given ?? (isInner && speaker.kind === 'staff' ? speaker.commission.unit : null);
  const start = input.date('informationStart');
  const end = input.date('informationEnd');
  if (start && end && start.start >= end.end) throw bad('informationEnd', 'The end must be after the start.');
  const spares = input.codesOf('spares', Object.keys(informationTypeCodes) as ('lak' | 'upp')[]);
  return {
    keeper,
    kind: isInner ? 'block-inner' : 'block-outer',
    unit,
    information: { start: start?.start ?? null, end: end?.end ?? null },
    spares,
    made: sparr({
      patient,
      at,
      reach: isInner ? 'inner' : 'outer',
      ...(unit !== null && { unit }),
      information: { ...(start && { start: start.text }), ...(end && { end: end.text }) },
      spares,
    }),
  };
}

/** A person's spärr of one unit is kept by the organisation all the same, as one that no unit of it has written. */
function keeperOf(input: Input, speaker: Speaker): Keeper {
  if (speaker.kind === 'patient') return personsKeeper(input);
  if (input.hsaId('organisation') === undefined) return speaker.commission;
  throw bad('organisation', 'Staff record a spärr of their own organisation: name a unit of it, or nothing.');
}

/** Of a younger person the staff record the wish; an officer needs no relation of the own unit. */
function checkMayBlock(
  speaker: Speaker,
  { organisation }: Keeper,
  facts: Facts,
  { actor, at }: Parameters<typeof keeping>[0]['context'],
): void {
  if (speaker.kind === 'patient') {
    checkPerson(facts, at);
    checkKnown(facts, organisation);
  } else if (!isBlockOfficer(actor)) checkTakesPart(facts, speaker.commission, at);
}

const isSame = (fact: KnownFact, { keeper, kind, unit, information, spares }: Asked, at: string): boolean =>
  fact.kind === kind &&
  fact.organisation === keyOfActor(keeper.organisation) &&
  fact.unit === unit &&
  isOpenNow(fact, at) &&
  (fact.information?.start ?? null) === information.start &&
  (fact.information?.end ?? null) === information.end &&
  fact.types.length === spares.length &&
  spares.every((each) => fact.types.includes(each));

/** A spärr with an end of its own is not the same as one that stands until it is lifted. */
const isOpenNow = ({ during }: KnownFact, at: string): boolean =>
  during.end === null && (during.start === null || during.start <= at);
