import {
  isSipHead,
  lageInWords,
  type SipElements,
  type SipGround,
  type SipLage,
  sipGround,
  sipLageOf,
} from '@naravard/care';
import { Problem } from '@naravard/fhir';
import {
  answered,
  type Call,
  careCommission,
  checkMatch,
  checkScopes,
  type Engine,
  type Part,
  type Reply,
  referring,
  refused,
  said,
  textOf,
  writeAll,
} from '@naravard/rest';
import type { PutWrite, RequestContext, Stored, Transaction } from '@naravard/store';
import { type Commission, change, type Members, writingAs } from '../../writing.ts';

/** A head that is locked for a change by who keeps it. */
export interface Held {
  readonly transaction: Transaction;
  readonly context: RequestContext;
  readonly commission: Commission;
  readonly stored: Stored;
  readonly plan: SipElements;
  readonly patient: string;
  readonly lage: SipLage;
}

/** What an operation comes to. */
export interface Change {
  readonly lage: SipLage;
  readonly members: Members;
  readonly beside?: readonly PutWrite[];
  readonly parts?: readonly Part[];
  readonly told: string;
}

/**
 * Changes the head of a SIP in one transaction, and what `work` makes beside it: by who keeps it, at the version that If-Match
 * asks for. `besides`: types that are changed with it, whose scopes are asked too before anything is looked up.
 * @throws Problem 'not-found', 'forbidden' for who takes part with a plan of its own, 'stale-version', 'unprocessable'
 */
export async function changeHead(
  engine: Engine,
  call: Call,
  work: (held: Held) => Promise<Change>,
  besides: readonly string[] = [],
): Promise<Reply> {
  const commission = careCommission(call.context.actor);
  for (const type of ['CarePlan', ...besides]) checkScopes(call.context.actor, type, 'u');
  const context = writingAs(call.context, commission);
  return engine.store.transaction(context, async (transaction) => {
    const stored = await heldHead(transaction, call.id);
    checkMatch(call, stored.version);
    const plan = headOf(stored);
    const patient = plan.subject?.reference?.replace(/^Patient\//, '') ?? '';
    const held = { transaction, context, commission, stored, plan, patient, lage: sipLageOf(plan) };
    const { lage, members, beside = [], parts = [], told } = await work(held);
    const [head] = await writeAll(transaction, [change(engine, context, stored, members), ...beside]);
    const answer = answered(
      referring('plan', `CarePlan/${call.id}`),
      { name: 'lage', valueCode: lage },
      ...parts,
      said(`${told} ${lageInWords[lage]}`),
    );
    return head ? { ...answer, version: head.version } : answer;
  });
}

async function heldHead(transaction: Transaction, id: string): Promise<Stored> {
  const [stored] = await transaction.current([{ type: 'CarePlan', id }]);
  if (!stored) throw new Problem('not-found');
  if (stored.deleted) throw new Problem('deleted');
  const key = `CarePlan/${id}`;
  const keepers = await transaction.keepers([{ type: 'CarePlan', id }]);
  if (keepers.get(key)?.writable) return stored;
  throw refused(
    'forbidden',
    "The samordnare's organisation keeps the head of a SIP: write your own part (CarePlan with partOf), and answer with $sip-svar.",
    'Den gemensamma planen ändras av samordnaren. Skriv dina insatser i er egen del.',
  );
}

/** @throws Problem 'unprocessable' for a CarePlan that is no head of a SIP */
export function headOf(stored: Stored): SipElements {
  const plan = JSON.parse(textOf(stored)) as SipElements;
  if (isSipHead(plan)) return plan;
  throw refused(
    'unprocessable',
    'This CarePlan is not the head of a SIP: it has another category, or is part of one (ask at the plan in partOf).',
    'Det här är inte en gemensam SIP.',
    'CarePlan.category',
  );
}

/**
 * What the SIP is made on. Answers about the patient wait meanwhile, so that a no that comes first is heard.
 * @throws Problem 'forbidden' without an own relation to the patient, 'business-rule' without a ground
 */
export async function groundFor(
  { transaction, context, commission }: Pick<Held, 'transaction' | 'context' | 'commission'>,
  patient: string,
): Promise<SipGround> {
  const [known] = await transaction.current([{ type: 'Patient', id: patient }]);
  if (!known) throw new Problem('not-found');
  if (!(await transaction.related([patient])).has(patient)) throw notRelated();
  const facts = (await transaction.facts(patient)) ?? [];
  const { unit, employee: person } = commission;
  const asker = { organisation: context.actor.organisation ?? '', unit, person };
  const ground = sipGround(facts, asker, context.at);
  if (ground) return ground;
  throw noGround();
}

/** `supportingInfo` with the Consent that is the ground now in place of earlier ones. */
export const grounded = ({ supportingInfo = [] }: SipElements, { source }: SipGround): readonly object[] => [
  { reference: source },
  ...supportingInfo.filter(({ reference }) => !reference?.startsWith('Consent/')),
];

const notRelated = () =>
  refused(
    'forbidden',
    'Only who takes part in the care or omsorg of the person may do this: the relation is registered by your unit.',
    'Du behöver ha en pågående vård- eller omsorgsrelation till personen.',
  );

const noGround = () =>
  new Problem('business-rule', {
    severity: 'error',
    rule: 'sip-samtycke',
    expression: 'CarePlan.supportingInfo',
    diagnostics:
      'No consent to a SIP is recorded at your unit or organisation: take it down with Patient/[id]/$samtycke (kind sip, answer ja), or document there that the person cannot take a stand (kan-inte-ta-stallning), or for a child a Consent barn-kan-inte-samtycka (sip-samtycke: LUS (2017:612) 4 kap. 2 §).',
    sv: 'Fråga personen om samtycke först. Anteckna svaret, eller att personen inte kan ta ställning.',
  });
