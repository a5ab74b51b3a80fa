import type { CarePlan } from '@medplum/fhirtypes';
import type { DomainRule, Found, StagedResource } from '@naravard/fhir';
import { lackingIn, lackingResponsible, lackingSteps } from './completeness.ts';
import { contactNeeds } from './contact-cover.ts';
import {
  contactsOf,
  headOf,
  isBehandlingsplan,
  namedParts,
  namedPlans,
  readBehandlingsplan,
} from './plan.ts';

/**
 * A draft may lack anything; a plan in force lacks nothing, however it was written: an ordinary update of an active plan is held
 * to this too. The parts are those that the head names in supportingInfo, where its activation puts them. A part is asked for who
 * is responsible for its own steps, and that the whole keeps a step.
 */
export const komplett: DomainRule = {
  id: 'behandlingsplan-komplett',
  citation: 'God och nära vård, Region Halland och kommunerna (2025), 2a',
  sentence:
    'an active behandlingsplan has a deterioration step, who is responsible for each, a responsible doctor and nurse, a date of review within its period, whether the patient sees it, and somebody who answers at every hour',
  sv: 'En behandlingsplan som gäller säger vad man gör vid försämring, vem som ansvarar och vem som svarar, dygnet runt.',
  needs(staged, found) {
    const plan = planIn(staged);
    if (!plan) return [];
    const head = headOf(plan);
    if (head === undefined) {
      return plan.status === 'active' ? [...namedPlans(plan), ...contactNeeds(contactsOf(plan), found)] : [];
    }
    const whole = found(head);
    return [head, ...(whole ? namedPlans(whole as CarePlan) : [])];
  },
  check(staged, found) {
    const plan = planIn(staged);
    if (!plan) return [];
    const own = readBehandlingsplan(plan);
    const head = headOf(plan);
    if (head === undefined) {
      return plan.status === 'active' ? lackingIn(composed(plan, found), staged.at, found) : [];
    }
    const whole = found(head);
    const isInForce = whole !== undefined && isBehandlingsplan(whole) && whole.status === 'active';
    return [
      ...(plan.status === 'active' ? lackingResponsible(own) : []),
      ...(isInForce ? lackingSteps(composed({ ...whole, id: head.slice('CarePlan/'.length) }, found)) : []),
    ];
  },
};

const planIn = ({ resource, id }: StagedResource): CarePlan | undefined =>
  isBehandlingsplan(resource) ? { ...resource, id } : undefined;

const composed = (head: CarePlan, found: Found) => readBehandlingsplan(head, namedParts(head, found));
