import {
  actorOfKey,
  emergencyOpening,
  factsOf,
  type LegalActor,
  relatedAcrossBorders,
} from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import type { SharedData } from '@naravard/store';
import { namesOf } from '../audit/directory-names.ts';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { answered, type Part, referring, said } from './answer.ts';
import { careCommission, checkScopes, keeperOf } from './callers.ts';
import { type Input, inputOf } from './input.ts';
import { keeping, record } from './recording.ts';
import { refused } from './refusal.ts';
import { checkJoined } from './svod-status.ts';

/**
 * `POST Patient/[id]/$nodoppning` (SVOD 2022:913 3 kap 5-6 §§): in danger to life or serious risk to health, when consent
 * cannot be had, one employee at one unit of a vårdgivare opens what others have made available, for `EMERGENCY_MINUTES`.
 * Never an omsorgsgivare, never what is blocked: of that the opener learns which vårdgivare has blocked, and may ask it
 * (`$begar-havning`). Recorded as a Consent, audited, and shown in the person's log.
 */
export const nodoppning: Interaction = {
  name: '$nodoppning',
  method: 'POST',
  route: '/Patient/:id/$nodoppning',
  body: ['fhir'],
  writes: true,
  async handle(engine, call) {
    const { context, id } = call;
    const commission = careCommission(context.actor);
    checkScopes(context.actor, 'Consent', 'c');
    if (commission.organisation.as !== 'vardgivare') throw notForOmsorg();
    const input = inputOf(engine, call, {
      reason: 'string',
      dangerStated: 'boolean',
      relationAttested: 'boolean',
    });
    const { reason, attested } = statedIn(input);
    const start = context.at;
    const end = new Date(Date.parse(start) + engine.emergencyMinutes * 60_000).toISOString();
    await checkJoined(engine, commission, start);
    const kept = keeping(call, keeperOf(commission), 'svod-emergency');
    const [opening = ''] = await record(engine, call, kept, (stated) => {
      const facts = factsOf(id, stated);
      if (!attested && !relatedAcrossBorders(facts, commission, start)) throw noRelation();
      return { made: [emergencyOpening({ patient: id, at: start, start, end, reason, attested })] };
    });
    const caller = { kind: 'staff', commission } as const;
    const found = await engine.store.shared(context, { patient: id, caller, who: true });
    return answered(
      referring('opening', opening),
      { name: 'expires', valueInstant: end },
      ...(await holdersIn(engine, call, found)),
      said(
        `Nödöppningen gäller till ${clock.format(new Date(end))}. Den är loggad, granskas i efterhand och syns för patienten.`,
      ),
    );
  },
};

const clock = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Europe/Stockholm',
});

/** Characters: a word alone gives a reviewer nothing to review. */
const shortest = 10;

function statedIn(input: Input): { reason: string; attested: boolean } {
  const reason = input.text('reason') ?? '';
  if (reason.length < shortest) {
    throw refused(
      'bad-request',
      `Give the reason, in at least ${shortest} characters.`,
      `Skriv varför du behöver nödöppna, med minst ${shortest} tecken.`,
      'reason',
    );
  }
  if (!input.isTrue('dangerStated')) {
    throw refused(
      'bad-request',
      'State that there is danger to life or serious risk to health: dangerStated, true (SVOD 3 kap 6 §).',
      'Intyga att det är fara för liv eller allvarlig risk för hälsan.',
      'dangerStated',
    );
  }
  return { reason, attested: input.isTrue('relationAttested') };
}

const notForOmsorg = () =>
  refused(
    'forbidden',
    'An omsorgsgivare has no nödöppning: call for health care, 112 in danger to life (SVOD 3 kap 6 §).',
    'Omsorgen kan inte nödöppna. Kontakta hälso- och sjukvården, ring 112 vid fara för liv.',
  );

const noRelation = () =>
  refused(
    'unprocessable',
    'No patientrelation is registered: state that you have the patient before you with relationAttested, true.',
    'Ingen patientrelation är registrerad. Intyga att du har patienten hos dig.',
    'relationAttested',
  );

/** Who holds data, by organisation alone: which units, and what, is seen by reading. */
async function holdersIn(
  engine: Engine,
  { context }: Call,
  { holders, blocked }: SharedData,
): Promise<Part[]> {
  const known = holders.flatMap((each) => {
    const actor = actorOfKey(each.organisation);
    return actor ? [{ ...each, actor }] : [];
  });
  const nameOf = await namesOf(
    engine,
    context,
    'Organization',
    known.map(({ organisation, actor }) => ({ hsaId: actor.hsaId, of: organisation })),
  );
  const told = (name: string, actor: LegalActor) => holderPart(name, actor, nameOf(actor.hsaId));
  return [
    ...known.filter(({ open }) => open).map(({ actor }) => told('holder', actor)),
    ...known.filter((each) => each.blocked).map(({ actor }) => told('blocker', actor)),
    ...(blocked
      ? [
          {
            name: 'request',
            valueString:
              'Spärrade uppgifter öppnas inte av nödöppningen. Be den vårdgivare som har spärrat att häva spärren: $begar-havning, eller ring.',
          },
        ]
      : []),
  ];
}

/** `{ name, part: organisation, as, display }` */
export const holderPart = (name: string, { hsaId, as }: LegalActor, display: string): Part => ({
  name,
  part: [
    { name: 'organisation', valueIdentifier: { system: identifierSystems.hsaId, value: hsaId } },
    { name: 'as', valueCode: as },
    { name: 'display', valueString: display },
  ],
});
