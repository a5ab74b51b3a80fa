import { lakarkontaktDuring, oneLakarkontakt } from '@naravard/care';
import type { ResourceModule } from '@naravard/rest';

/**
 * At most one active fast läkarkontakt a patient at a time, within the vårdgivare that answers for it: rule
 * careteam-en-fast-lakarkontakt, by whose id who claims what is taken is told so. What another unit of the vårdgivare changes
 * keeps its key, since the key is the vårdgivare's.
 */
export const fastLakarkontakt: NonNullable<ResourceModule['claims']> = (resource, custodian) => {
  const during = lakarkontaktDuring(resource);
  return during && custodian !== null ? [{ key: `${oneLakarkontakt.id} ${custodian}`, ...during }] : [];
};
