import { hasAll, hasAny } from './mine.ts';

/**
 * As paths/other-provider.ts (SVOD 3 kap 1, 3 and 6 §§): the ground on which a vårdgivare reads what others have made
 * available, from what is `mine`; null when there is none.
 */
export function acrossAsProvider(mine: string): string {
  const asked = `not ${hasAny(mine, 'consent-no', 'deceased')}`;
  return `case
when ${asked} and ${hasAll(mine, 'care', 'consent-yes')} then 'svod-consent'
when ${asked} and ${hasAll(mine, 'care', 'incapacity')} then 'svod-incapacity'
when ${asked} and ${hasAll(mine, 'care', 'child-unable', 'minor')} then 'svod-child'
when ${hasAny(mine, 'attested')} or ${hasAll(mine, 'care', 'emergency')} then 'svod-emergency' end`;
}
