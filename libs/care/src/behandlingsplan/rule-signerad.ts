import type { Bundle, CarePlan, Provenance } from '@medplum/fhirtypes';
import type { DomainRule, Finding, Found, StagedResource } from '@naravard/fhir';
import { headOf, isBehandlingsplan, namedPlans } from './plan.ts';

/**
 * Who must have signed which version is asked by `$activate`, which sees all names; here it is asked that two have, so that staff
 * put no plan in force beside it. A system keeps its organisation's records, signatures given elsewhere among them.
 */
export const signerad: DomainRule = {
  id: 'behandlingsplan-signerad',
  citation: 'patientdatalagen (2008:355) 3 kap. 10 §',
  sentence:
    'a behandlingsplan that staff put in force is signed: the head, and by two persons over head and parts',
  sv: 'En behandlingsplan signeras innan den börjar gälla.',
  needs: (staged) => plansIn(staged).map(searchFor),
  check(staged, found) {
    const plans = plansIn(staged);
    const [head = 0, ...parts] = plans.map((plan) => signatures(plan, found));
    const all = parts.reduce((sum, each) => sum + each, head);
    return plans.length === 0 || (head > 0 && all > 1) ? [] : [unsigned];
  },
};

/** `CarePlan/id` of the head that is in force, and of its parts; nothing where the rule does not apply. */
function plansIn({ resource, id, writer }: StagedResource): string[] {
  const plan: Partial<CarePlan> = resource;
  const isAsked = writer.person !== null && plan.status === 'active' && isBehandlingsplan(resource);
  return isAsked && headOf(resource) === undefined ? [`CarePlan/${id}`, ...namedPlans(resource)] : [];
}

const searchFor = (plan: string): string => `Provenance?${new URLSearchParams({ target: plan })}`;

function signatures(plan: string, found: Found): number {
  const { entry = [] } = (found(searchFor(plan)) ?? {}) as Bundle<Provenance>;
  return entry.filter(({ resource }) => resource?.signature?.length).length;
}

const unsigned: Finding = {
  severity: 'error',
  expression: 'CarePlan.status',
  diagnostics:
    'Sign first (CarePlan/[id]/$sign, the responsible doctor and nurse), and put the draft in force with CarePlan/[id]/$activate.',
  sv: 'Planen är inte signerad. Ansvarig läkare och sjuksköterska signerar innan den börjar gälla.',
};
