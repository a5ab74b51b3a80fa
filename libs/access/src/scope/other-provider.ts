import { hasAll, hasAny } from './mine.ts';

/**
 * As paths/other-provider.ts (SVOD 3 kap 1, 3 and 6 §§): the ground on which a vårdgivare reads what others have made
 * available, from what is `mine`; null when there is none.
 */
export function acrossAsProvider(mine: string): string {
  return `coalesce(case when not ${hasAny(mine, 'consent-no', 'deceased')} then case
when ${hasAll(mine, 'care', 'consent-yes')} then 'svod-consent'
when ${hasAll(mine, 'care', 'incapacity')} then 'svod-incapacity'
when ${hasAll(mine, 'care', 'child-unable', 'born')} then 'svod-child' end end,
case when ${hasAny(mine, 'attested')} or ${hasAll(mine, 'care', 'emergency')} then 'svod-emergency' end)`;
}
