import {
  type Facts,
  factsOf,
  formCodes,
  keyOfActor,
  type LegalActor,
  lastingIncapacityFound,
  type Made,
  sipConsent,
  svodConsent,
} from '@naravard/access';
import type { KnownFact } from '@naravard/store';
import type { Interaction } from '../call.ts';
import { answered, referring, said } from './answer.ts';
import {
  checkKnown,
  checkPerson,
  checkScopes,
  checkTakesPart,
  type Keeper,
  type Speaker,
  speakerOf,
} from './callers.ts';
import { bad, type Input, inputOf } from './input.ts';
import { named, personsKeeper } from './named-keeper.ts';
import { keeping, keyOf, type Recording, record } from './recording.ts';
import { refused } from './refusal.ts';

const answers = ['ja', 'nej', 'kan-inte-ta-stallning'] as const;
const kinds = ['svod', 'sip'] as const;
const scopes = ['unit', 'organisation', 'person'] as const;

/**
 * `POST Patient/[id]/$samtycke`: what the person answers to the question on SVOD (2022:913 3 kap 1-4 §§) or on a SIP (lag
 * 2017:612 4 kap 2 §), in one call: taken down by staff who take part in the care or omsorg, or given by the person to an
 * organisation that is named. A later answer ends the earlier ones that it is about; the third answer, that the person
 * cannot take a stand, is the organisation's finding, with what 3 kap 3-4 §§ ask for.
 */
export const samtycke: Interaction = {
  name: '$samtycke',
  method: 'POST',
  route: '/Patient/:id/$samtycke',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id } = call;
    const speaker = speakerOf(context.actor, id);
    checkScopes(context.actor, 'Consent', 'c');
    const input = inputOf(engine, call, {
      ...named,
      answer: 'code',
      kind: 'code',
      form: 'code',
      scope: 'code',
      start: 'date',
      end: 'date',
      attitudeExplored: 'boolean',
      noReasonToThinkOpposed: 'boolean',
    });
    const said = saidIn(input, speaker, id, context.at);
    const kept = keeping(call, said.keeper, context.scope.reason);
    let ended: readonly string[] = [];
    const [consent = ''] = await record(engine, call, kept, (stated) => {
      const facts = factsOf(id, stated);
      checkSpeaker(speaker, said.keeper.organisation, facts, context.at);
      const recording = recordingOf(said, stated, context.at);
      ended = recording.ended ?? [];
      return recording;
    });
    // An inner spärr may keep from the caller what another unit has found or taken down.
    const visible = await engine.store.visible(context, ended.map(keyOf));
    return answered(
      referring('consent', consent),
      ...ended.filter((each) => visible.has(each)).map((each) => referring('ended', each)),
      said.told,
    );
  },
};

function checkSpeaker(speaker: Speaker, organisation: LegalActor, facts: Facts, at: string): void {
  if (speaker.kind === 'staff') return checkTakesPart(facts, speaker.commission, at);
  checkPerson(facts, at);
  checkKnown(facts, organisation);
}

/** What was said, to whom, and what it is recorded as. */
interface Said {
  answer: (typeof answers)[number];
  kind: (typeof kinds)[number];
  keeper: Keeper;
  /** HSA-ids; null = the whole organisation, the whole unit. */
  unit: string | null;
  person: string | null;
  made: Made;
  told: ReturnType<typeof said>;
}

function saidIn(input: Input, speaker: Speaker, patient: string, at: string): Said {
  const answer = input.code('answer', answers);
  if (answer === undefined) throw bad('answer', `Give the answer: ${answers.join(', ')}.`);
  const kind = input.code('kind', kinds) ?? 'svod';
  const reach = speaker.kind === 'staff' ? staffReach(input, speaker) : personsReach(input);
  const { start, end } = periodIn(input, at);
  const told = said(sentences[answer]);
  const of = { patient, at, ...(end !== undefined && { end }) };
  if (answer === 'kan-inte-ta-stallning') {
    checkFinding(input, speaker, kind, end);
    const made = lastingIncapacityFound({ ...of, start, end: end ?? '' });
    return { answer, kind, ...reach, unit: null, person: null, made, told };
  }
  const form = input.code('form', Object.keys(formCodes) as (keyof typeof formCodes)[]);
  const { keeper, unit, person } = reach;
  const made = (kind === 'svod' ? svodConsent : sipConsent)({
    ...of,
    start,
    answer: answer === 'ja' ? 'yes' : 'no',
    form: form ?? (speaker.kind === 'staff' ? 'muntligt' : 'skriftligt'),
    ...(unit === null ? { organisation: keeper.organisation.hsaId } : { unit }),
    ...(person !== null && { person }),
  });
  return { answer, kind, ...reach, made, told };
}

const sentences: Readonly<Record<(typeof answers)[number], string>> = {
  ja: 'Svaret är antecknat: ja. Personen kan när som helst ändra sig.',
  nej: 'Svaret är antecknat: nej. Personen kan när som helst ändra sig.',
  'kan-inte-ta-stallning': 'Det är antecknat att personen inte kan ta ställning.',
};

type Reach = Pick<Said, 'keeper' | 'unit' | 'person'>;

function staffReach(input: Input, { commission }: Extract<Speaker, { kind: 'staff' }>): Reach {
  const { organisation, unit, employee } = commission;
  if (input.hsaId('organisation') !== undefined || input.hsaId('unit') !== undefined) {
    throw bad(
      'organisation',
      'Staff take down answers to their own unit, or with scope to their organisation.',
    );
  }
  const scope = input.code('scope', scopes) ?? 'unit';
  const keeper = { organisation, unit };
  if (scope === 'organisation') return { keeper, unit: null, person: null };
  return { keeper, unit, person: scope === 'person' ? employee : null };
}

function personsReach(input: Input): Reach {
  const keeper = personsKeeper(input);
  return { keeper, unit: keeper.unit, person: null };
}

/** An answer is recorded when it is given: it may have been so earlier, and may end, but does not begin later. */
function periodIn(input: Input, at: string): { start: string; end: string | undefined } {
  const start = input.date('start');
  const end = input.date('end');
  if (start && start.start > at) throw bad('start', 'Record an answer when it holds, not before.');
  if (end && end.end <= at) throw bad('end', 'The end must be in the time to come.');
  return { start: start?.text ?? at, end: end?.text };
}

/** SVOD 3 kap 3-4 §§. */
function checkFinding(input: Input, speaker: Speaker, kind: Said['kind'], end: string | undefined): void {
  if (speaker.kind !== 'staff' || kind !== 'svod') {
    throw refused(
      'forbidden',
      'That a person cannot take a stand is found by the staff, and about SVOD alone.',
      'Att personen inte kan ta ställning bedöms av personalen.',
    );
  }
  if (input.isTrue('attitudeExplored') && input.isTrue('noReasonToThinkOpposed') && end !== undefined) return;
  throw refused(
    'unprocessable',
    'State attitudeExplored and noReasonToThinkOpposed, both true, and an end (SVOD 3 kap 3-4 §§).',
    'Intyga att personens inställning är klarlagd så långt det går, att inget tyder på att personen skulle ha sagt nej, och ange till när det gäller.',
  );
}

/** What the answer ends. @throws Problem 'unprocessable' when an earlier no would stand all the same */
function recordingOf(said: Said, stated: readonly KnownFact[], at: string): Recording {
  const own = keyOfActor(said.keeper.organisation);
  const standing = stated.filter(
    ({ organisation, during }) => organisation === own && (during.end === null || during.end > at),
  );
  const ofKind = standing.filter(({ kind }) => kind === yesOf[said.kind] || kind === noOf[said.kind]);
  const isAboutSame = (each: KnownFact) => overlaps(each, said);
  const noes = ofKind.filter((each) => each.kind === noOf[said.kind] && isAboutSame(each));
  if (said.answer === 'kan-inte-ta-stallning') {
    if (noes.length) throw hasSaidNo();
    return { made: [said.made] };
  }
  if (said.answer === 'ja' && noes.some((each) => !covers(said, each))) throw noStands();
  const able = said.kind === 'svod' ? standing.filter(({ kind }) => kind === 'incapacity') : [];
  const ended = [...ofKind.filter((each) => covers(said, each)), ...able].map(({ source }) => source);
  return { made: [said.made], ended: [...new Set(ended)] };
}

const yesOf = { svod: 'consent-yes', sip: 'sip-yes' } as const;
const noOf = { svod: 'consent-no', sip: 'sip-no' } as const;

type Whom = Pick<Said, 'unit' | 'person'>;

/** Whether all whom the earlier answer is for are those whom the later one is for. */
const covers = (later: Whom, earlier: Whom): boolean =>
  (later.unit === null || later.unit === earlier.unit) &&
  (later.person === null || later.person === earlier.person);

const overlaps = (one: Whom, other: Whom): boolean =>
  (one.unit === null || other.unit === null || one.unit === other.unit) &&
  (one.person === null || other.person === null || one.person === other.person);

const noStands = () =>
  refused(
    'unprocessable',
    'The person has said no to more than this answer is for, and that no would stand: record the answer for as much, with scope organisation or unit.',
    'Personen har tidigare sagt nej för en större del av verksamheten. Anteckna svaret för hela den delen.',
    'scope',
  );

const hasSaidNo = () =>
  refused(
    'unprocessable',
    'The person has said no: there is reason to think that the person opposes (SVOD 3 kap 3-4 §§).',
    'Personen har tidigare sagt nej. Då går det inte att utgå från att personen inte motsätter sig.',
    'answer',
  );
