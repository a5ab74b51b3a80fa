import type { Allowed } from './decision.ts';
import type { Facts } from './facts.ts';
import type { Row } from './row.ts';

/** Codes of the labels that say so: HL7 Sweden base profiles, SecurityLabelVS. */
export const protectedLabels: readonly string[] = ['sekretessmarkering', 'skyddadFolkbokforing'];

/** Whether one of some labels, `system|code` or the code alone, says that an identity is protected, whatever its system. */
export const saysProtected = (labels: readonly string[]): boolean =>
  labels.some((label) => protectedLabels.includes(label.slice(label.lastIndexOf('|') + 1)));

export const isProtected = (row: Row, facts: Facts | null): boolean =>
  facts?.protectedIdentity === true || saysProtected(row.labels);

/**
 * OSL (2009:400) 22 kap 1 §, HL7 Sweden base profiles: protected identity is a warning to those who take part in the
 * care, and a mask for everybody else.
 */
export function identityMask(row: Row, facts: Facts | null, takesPartInCare: boolean): Allowed['mask'] {
  if (!isProtected(row, facts)) return 'none';
  return takesPartInCare ? 'warning' : 'protected-identity';
}
