import type { CarePlan, Reference } from '@medplum/fhirtypes';
import { keyOf, keysOf } from '../reference-key.ts';
import { headOf, planKey } from './plan.ts';

/** Elements of a CarePlan that get other values. */
export type Changed = Partial<Pick<CarePlan, 'status' | 'period' | 'supportingInfo'>>;

/**
 * Puts a draft in force with its parts, which it names from then on (supportingInfo). One that follows a former plan begins at
 * the instant (ISO) at which that one ends.
 */
export function activation(draft: CarePlan, parts: readonly CarePlan[], begins: string | null): Changed {
  const { supportingInfo = [], period } = draft;
  const named = keysOf(supportingInfo);
  const unnamed = parts.map(planKey).filter((each) => !named.includes(each));
  return {
    status: 'active',
    ...(unnamed.length && {
      supportingInfo: [...supportingInfo, ...unnamed.map((reference) => ({ reference }))],
    }),
    ...(begins !== null && { period: { ...period, start: begins } }),
  };
}

/** Ends a plan that another one follows. */
export const ending = ({ period }: CarePlan, at: string): Changed => ({
  status: 'completed',
  period: { ...period, end: at },
});

/**
 * The draft that follows a plan: a copy that replaces it, without the parts, which their own organisations write anew. A part
 * becomes one of the new head (`CarePlan/id`). `at`: when it is made, ISO.
 */
export function revision(plan: CarePlan, at: string, head?: string): CarePlan {
  const { id, meta: { security, profile } = {}, text, supportingInfo = [], ...kept } = plan;
  const others = supportingInfo.filter((each: Reference) => !keyOf(each)?.startsWith('CarePlan/'));
  const meta = { ...(security && { security }), ...(profile && { profile }) };
  return {
    ...kept,
    ...(Object.keys(meta).length && { meta }),
    replaces: [{ reference: planKey(plan) }],
    status: 'draft',
    created: at,
    ...(others.length && { supportingInfo: others }),
    ...(headOf(plan) !== undefined && head !== undefined && { partOf: [{ reference: head }] }),
  };
}
