import { nextLage, type SipEvent, type SipLage, sipTasks } from '@naravard/care';
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import type { Engine } from '@naravard/rest';
import type { KeptBy, Stored, Transaction } from '@naravard/store';
import { type Found, findAll } from '../../found.ts';

interface Party {
  readonly reference?: string;
  readonly display?: string;
  readonly identifier?: { readonly system?: string; readonly value?: string };
}

interface SipTask {
  readonly id: string;
  readonly status?: string;
  readonly statusReason?: { readonly text?: string };
  readonly code?: { readonly coding?: readonly { readonly code?: string }[] };
  readonly basedOn?: readonly Party[];
  readonly owner?: Party;
  readonly lastModified?: string;
}

/** A unit's answer: its own Task, in its own record. */
export interface Answer {
  readonly stored: Stored;
  readonly event: Extract<SipEvent, 'accepterad' | 'avbojd'>;
  readonly reason: string | undefined;
}

export interface Invitation {
  readonly stored: Stored;
  readonly status: string;
  readonly owner: Party;
  /** HSA-id of the unit, or of the organisation, that is invited. */
  readonly invited: string;
  readonly answer: Answer | undefined;
}

/**
 * Who was invited to a SIP and what each has answered. Nobody writes in another's record (HFD 2017:67), so the invitation is
 * the samordnare's Task and the answer the unit's own, `basedOn` it; the samordnare takes the answers over when the meeting
 * has been held. Only who is invited can answer: an answer counts if the unit itself, or its organisation, wrote it, and an
 * invitation if who keeps the head did.
 */
export async function invitationsTo(
  engine: Engine,
  transaction: Transaction,
  head: string,
): Promise<Invitation[]> {
  const { system, code } = sipTasks.inbjudan;
  const tasks = await findAll<SipTask>(engine, transaction, 'Task', [
    ['focus', `CarePlan/${head}`],
    ['code', `${system}|${code},${system}|${sipTasks.svar.code}`],
  ]);
  const keys = [{ type: 'CarePlan', id: head }, ...tasks.map(({ stored: { type, id } }) => ({ type, id }))];
  const keepers = await transaction.keepers(keys);
  const kept = tasks.map((task) => ({ ...task, keeper: keepers.get(`Task/${task.resource.id}`) }));
  const custodian = keepers.get(`CarePlan/${head}`)?.custodian;
  const answers = kept.filter((each) => hasCode(each, sipTasks.svar.code));
  return kept
    .filter((each) => hasCode(each, code) && each.keeper?.custodian === custodian)
    .flatMap((each) => invitationOf(each, answers));
}

interface Kept extends Found<SipTask> {
  readonly keeper: KeptBy | undefined;
}

/** Nothing where it does not say, by HSA-id, who is invited. */
function invitationOf({ stored, resource }: Kept, answers: readonly Kept[]): Invitation[] {
  const { id, status = '', owner } = resource;
  const invited = hsaIdOf(owner);
  if (owner === undefined || invited === undefined) return [];
  const own = answers.filter(
    ({ resource: { basedOn = [] }, keeper }) =>
      basedOn.some(({ reference }) => reference === `Task/${id}`) && isOf(keeper, invited),
  );
  const latest = own.toSorted((a, b) => (a.stored.lastUpdated < b.stored.lastUpdated ? 1 : -1))[0];
  return [{ stored, status, owner, invited, answer: latest && answerOf(latest) }];
}

/** Whether something was written by a unit or an organisation, by HSA-id. */
const isOf = (keeper: KeptBy | undefined, hsaId: string): boolean =>
  keeper?.unit === hsaId || [`vg:${hsaId}`, `og:${hsaId}`].includes(keeper?.custodian ?? '');

const hasCode = ({ resource }: Found<SipTask>, code: string): boolean =>
  resource.code?.coding?.some((each) => each.code === code) ?? false;

const answerOf = ({ stored, resource }: Found<SipTask>): Answer => ({
  stored,
  event: resource.status === 'rejected' ? 'avbojd' : 'accepterad',
  reason: resource.statusReason?.text,
});

/** The HSA-id of what names one, in the form in which they are compared. */
export function hsaIdOf(party: Party | undefined): string | undefined {
  const { system, value } = party?.identifier ?? {};
  const canonical = canonicalIdentifier(system, value ?? '');
  return canonical.system === identifierSystems.hsaId && canonical.value ? canonical.value : undefined;
}

/** Where a SIP stands when the answers are told in: the head learns of them when its keeper next writes it. */
export const lageAfter = (lage: SipLage, invitations: readonly Invitation[]): SipLage =>
  lage === 'avslutad'
    ? lage
    : invitations.reduce<SipLage>((at, { answer }) => (answer ? nextLage(at, answer.event) : at), lage);
