import type { CarePlan } from '@medplum/fhirtypes';
import { systems } from '../codes.ts';

/** What a plan is called when a person reads it: our own sort, then Inera's list (typeofcareplan-cs). */
const kinds: readonly (readonly [system: string, code: string, name: string])[] = [
  [systems.ownPlanType, 'behandlingsplan', 'Behandlingsplan'],
  [systems.planType, 'SIP', 'Samordnad individuell plan'],
  [systems.planType, 'SPU', 'Samordnad plan vid utskrivning'],
  [systems.planType, 'SPLPTLRV', 'Samordnad vårdplan'],
  [systems.planType, 'GP', 'Genomförandeplan'],
  [systems.planType, 'RP', 'Rehabiliteringsplan'],
  [systems.planType, 'HP', 'Habiliteringsplan'],
  [systems.planType, 'SVP', 'Standardiserad vårdplan'],
  [systems.planType, 'VP', 'Vårdplan'],
];

/** Code and Swedish name of the sort of plan; a sort that is not known here is `null` and "Plan". */
export function planKind({ category = [] }: CarePlan): { code: string | null; name: string } {
  const codings = category.flatMap(({ coding = [] }) => coding);
  const found = kinds.find(([system, code]) =>
    codings.some((each) => each.system === system && each.code === code),
  );
  return found ? { code: found[1], name: found[2] } : { code: null, name: 'Plan' };
}
