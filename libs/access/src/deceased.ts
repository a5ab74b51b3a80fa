import type { Facts } from './facts.ts';
import { position } from './period.ts';

/**
 * Whether the person is dead, as registered. No care is given any more that SVOD (2022:913) 3 kap 1-4 §§ could open data for,
 * and nobody acts by the person's own access (PDL 2008:355 5 kap 5 §). It forbids, so it stands unless it is known not to.
 */
export const isDeceased = ({ deceased }: Facts, at: string): boolean =>
  deceased !== null && position(deceased, at) !== 'outside';
