import type { DomainRule, StagedResource } from '@naravard/fhir';
import { isBehandlingsplan } from './behandlingsplan/plan.ts';
import { isSip } from './sip/elements.ts';

const isShared = ({ resource }: StagedResource): boolean => isBehandlingsplan(resource) || isSip(resource);

/** Reading across borders lets nobody alter what another has written: a plan of several is a head and parts. */
export const egenPlandel: DomainRule = {
  id: 'plan-egen-del',
  citation: 'PDL (2008:355) 5 kap. 4 §; HFD 2017:67',
  sentence: 'only the organisation that wrote a plan or a part of one changes it',
  sv: 'Bara den som har skrivit en plan eller en del av den får ändra den.',
  keepsOwn: isShared,
  check: () => [],
};
