import { type LegalActor, type Made, svodMembership } from '@naravard/access';
import { hsa } from '../hsa.ts';

/** Since when all of Halland shares, in the story and in the seed. */
const JOINED = '2024-01-01';

/** That a legal actor has joined SVOD; `organisation` is the id of its Organization. */
export const membershipOf = (organisation: string, hsaId: string, as: LegalActor['as']): Made =>
  svodMembership({ id: `svod-${organisation}`, organisation: { hsaId, as }, start: JOINED });

/** All four of the story. */
export const memberships: readonly Made[] = [
  membershipOf('region-halland', hsa.region, 'vardgivare'),
  membershipOf('falkenberg-halso-och-sjukvard', hsa.kommunHalsoOchSjukvard, 'vardgivare'),
  membershipOf('falkenberg-socialtjanst', hsa.kommunOmsorg, 'omsorgsgivare'),
  membershipOf('kusten-vard', hsa.privatVardgivare, 'vardgivare'),
];
