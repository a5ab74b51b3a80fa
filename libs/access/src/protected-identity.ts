import type { Allowed } from './decision.ts';
import type { Facts } from './facts.ts';
import type { Row } from './row.ts';

const protectedLabels = ['sekretessmarkering', 'skyddadFolkbokforing'];

export const isProtected = (row: Row, facts: Facts | null): boolean =>
  facts?.protectedIdentity === true || row.labels.some((label) => protectedLabels.includes(label));

/**
 * OSL (2009:400) 22 kap 1 §, HL7 Sweden base profiles: protected identity is a warning to those who take part in the
 * care, and a mask for everybody else.
 */
export function identityMask(row: Row, facts: Facts | null, takesPartInCare: boolean): Allowed['mask'] {
  if (!isProtected(row, facts)) return 'none';
  return takesPartInCare ? 'warning' : 'protected-identity';
}
