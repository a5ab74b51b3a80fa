import type { CarePlan } from '@medplum/fhirtypes';
import {
  behandlingsplanRules,
  employeeNeeds,
  employeeOf,
  passedAt,
  planKey,
  readBehandlingsplan,
  responsibleOf,
} from '@naravard/care';
import type { Finding, Found, StagedResource } from '@naravard/fhir';
import { findingsOf } from '@naravard/rest';

/** A plan that is about to be put in force: as it will be, with its parts, and who has signed which of them. */
export interface Activating {
  readonly plan: CarePlan;
  readonly parts: readonly CarePlan[];
  /** HSA-ids, by `CarePlan/id` of the head and its parts, of their current versions. */
  readonly signers: ReadonlyMap<string, readonly string[]>;
  readonly at: string;
}

/** What `lackingFor` looks at, as `Type/id`. */
export function neededFor(activating: Activating, found: Found): string[] {
  const staged = stagedOf(activating);
  const { doctor, nurse } = responsibleOf(activating.plan);
  return [
    ...behandlingsplanRules.flatMap((rule) => rule.needs?.(staged, found) ?? []),
    ...employeeNeeds([doctor ?? [], nurse ?? []].flat(), found),
  ];
}

/**
 * All that keeps a plan from being in force, at once: what the rules find, as they will when it is written, and the signatures
 * that are lacking (PDL 2008:355 3 kap 10 §). The doctor signs the head; the nurse the own organisation's part, or the head.
 */
export function lackingFor(activating: Activating, found: Found): Finding[] {
  const staged = stagedOf(activating);
  const broken = behandlingsplanRules.flatMap((rule) => findingsOf(rule, staged, found));
  const { plan, at } = activating;
  return [...broken, ...passedAt(readBehandlingsplan(plan), at), ...unsigned(activating, found)];
}

const stagedOf = ({ plan, at }: Activating): StagedResource => ({
  type: 'CarePlan',
  id: plan.id ?? '',
  resource: plan,
  // Who writes is not what these rules ask for.
  writer: { as: null, organisation: null, unit: null, person: null },
  at,
});

function unsigned({ plan, parts, signers }: Activating, found: Found): Finding[] {
  const head = planKey(plan);
  const { doctor, nurse } = responsibleOf(plan);
  const isSigned = (role: string, plans: readonly string[]) => {
    const employee = employeeOf(role, found);
    return employee !== undefined && plans.some((each) => signers.get(each)?.includes(employee));
  };
  return [
    ...(doctor === undefined || isSigned(doctor, [head]) ? [] : [lacksDoctor(head)]),
    ...(nurse === undefined || isSigned(nurse, [head, ...parts.map(planKey)]) ? [] : [lacksNurse(head)]),
  ];
}

const lacksDoctor = (head: string): Finding => ({
  severity: 'error',
  expression: 'CarePlan',
  diagnostics: `The responsible doctor signs the current version first: POST ${head}/$sign, logged in as the Practitioner whose HSA-id the PractitionerRole leads to.`,
  sv: 'Ansvarig läkare behöver signera planen.',
});

const lacksNurse = (head: string): Finding => ({
  severity: 'error',
  expression: 'CarePlan',
  diagnostics: `The responsible nurse signs first: the current version of the own organisation's part (status active, partOf ${head}), or of the head where both are of one organisation.`,
  sv: 'Ansvarig sjuksköterska behöver signera sin del av planen.',
});
