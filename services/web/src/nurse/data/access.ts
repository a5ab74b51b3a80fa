import { type Bundle, type Consent, type Parameters, resourcesOf } from '../../api/fhir.ts';
import type { SamordnadPlan } from '../../api/plan.ts';
import { api } from './api.ts';
import type { SessionUser } from './session.ts';

/** What others have of a person, by `$svod-status`; never whose or what. */
export interface OthersData {
  readonly unblocked: boolean;
  readonly blocked: boolean;
  /** The service's own sentence, in Swedish. */
  readonly text: string;
}

export async function othersData(patient: string, signal?: AbortSignal): Promise<OthersData> {
  const { parameter = [] } = await api.get<Parameters>(`Patient/${patient}/$svod-status`, {
    ...(signal && { signal }),
  });
  const said = (name: string) => parameter.find((each) => each.name === name);
  return {
    unblocked: said('unblockedDataExists')?.valueBoolean === true,
    blocked: said('blockedDataExists')?.valueBoolean === true,
    text: said('text')?.valueString ?? '',
  };
}

/** What the person has answered the caller about reading what others have written (SVOD 2022:913 3 kap 1-6 §§). */
export type Answered = 'yes' | 'no' | 'not-asked';

/** What others have of a person, and what the person has said about the caller's reading of it. */
export interface Others {
  readonly data: OthersData;
  readonly answered: Answered;
}

/** Of this run of the app: the person's log tells of each question, so that one is enough for a shift. */
const known = new Map<string, { readonly at: number; readonly others: Others }>();
const shiftMs = 10 * 3_600_000;

/** Asked once a shift, or again when an answer has been given since. */
export async function othersOf(user: SessionUser, patient: string, signal: AbortSignal): Promise<Others> {
  const before = known.get(patient);
  if (before && Date.now() - before.at < shiftMs) return before.others;
  const [data, answered] = await Promise.all([
    othersData(patient, signal),
    answeredTo(user, patient, Date.now(), signal),
  ]);
  const others = { data, answered };
  known.set(patient, { at: Date.now(), others });
  return others;
}

/** The person has been asked, or has changed something. */
export const askAgain = (patient: string): void => void known.delete(patient);

const huvudman = ['region', 'kommun'];

/**
 * Whether what is shown is of region and kommun both, and so of others than the caller's own organisation. A SIP tells
 * nothing of it: those who take part in it read it also when the person has said no to the rest.
 */
export function showsOthers({ patientkontrakt }: SamordnadPlan): boolean {
  const inSip = new Set(
    patientkontrakt.sammanhallenPlan.plans
      .filter(({ kind }) => kind === 'SIP')
      .flatMap(({ reference, parts }) => [reference, ...parts.map((part) => part.reference)]),
  );
  const { own, others } = patientkontrakt.overenskommelse;
  const shown = [...own, ...others]
    .filter(({ plan }) => !inSip.has(plan))
    .map((activity) => activity.huvudman ?? '');
  return huvudman.every((each) => shown.includes(each));
}

const opening = 'svod-samtycke,saknar-beslutsformaga,barn-kan-inte-samtycka,nodoppning';

/** Units whose plans, activities and visits a plan shows. */
export function unitsIn({ recent, patientkontrakt }: SamordnadPlan): ReadonlySet<string> {
  const { overenskommelse, sammanhallenPlan } = patientkontrakt;
  const written = [
    ...sammanhallenPlan.plans.flatMap((plan) => [plan, ...plan.parts]),
    ...overenskommelse.own,
    ...overenskommelse.others,
    ...recent,
  ];
  return new Set(written.flatMap(({ unit }) => unit ?? []));
}

/** By the Consents that the caller may see. The service decides what is shown; this is whether there is a question to ask. */
async function answeredTo(
  { organisation, unitHsaId, employeeHsaId }: SessionUser,
  patient: string,
  now: number,
  signal?: AbortSignal,
): Promise<Answered> {
  const query = new URLSearchParams({
    patient: `Patient/${patient}`,
    category: opening,
    status: 'active',
    _elements: 'category,provision',
    _count: '100',
  });
  const found = await api.get<Bundle>(`Consent?${query}`, { ...(signal && { signal }) });
  const own = [organisation.hsaId, unitHsaId, employeeHsaId];
  const mine = resourcesOf<Consent>(found, 'Consent').filter(({ provision, category }) => {
    const end = provision?.period?.end;
    if (end !== undefined && Date.parse(end) <= now) return false;
    const actors = (provision?.actor ?? []).map(({ reference }) => reference.identifier?.value ?? '');
    const isFinding = category[0]?.coding?.[0]?.code !== 'svod-samtycke';
    return actors.some((each) => own.includes(each)) || (isFinding && actors.length === 0);
  });
  if (mine.some(({ provision }) => provision?.type === 'deny')) return 'no';
  return mine.length > 0 ? 'yes' : 'not-asked';
}
