import { emergencyGrounds } from '@naravard/access';

/** SQL of whether a nödöppning alone was the ground of a row of the audit, or one of its grounds. */
export const isByOpening = (reason: string): string =>
  `string_to_array(${reason}, ' ') && '{${emergencyGrounds.join(',')}}'::text[]`;
