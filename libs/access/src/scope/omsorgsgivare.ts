import { hasAny } from './mine.ts';

/** As paths/omsorgsgivare.ts (SVOD 3 kap 2 and 4 §§): as `acrossAsProvider`, for an omsorgsgivare. */
export const acrossAsOmsorgsgivare = (mine: string): string =>
  `case when ${hasAny(mine, 'insats', 'investigation')} and not ${hasAny(mine, 'consent-no', 'deceased')} then case
when ${hasAny(mine, 'consent-yes')} then 'omsorg-consent' when ${hasAny(mine, 'incapacity')} then 'omsorg-incapacity' end end`;
