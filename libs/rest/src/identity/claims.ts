import type { Actor } from '@naravard/access';
import { z } from 'zod';

/** Reads verified claims of one issuer; undefined when they do not tell who calls. */
export type ClaimsAdapter = (claims: Readonly<Record<string, unknown>>) => Actor | undefined;

const claims = z.object({
  sub: z.string().min(1),
  kind: z.enum(['staff', 'patient', 'system', 'administrator']),
  employeeHsaId: z.string().optional(),
  commissionPurpose: z.string().optional(),
  healthCareProviderHsaId: z.string().optional(),
  healthCareUnitHsaId: z.string().optional(),
  may_choose_ids: z.boolean().optional(),
  patient: z.string().optional(),
});

/**
 * The claims of the sandbox issuer, named as the attributes of a Swedish medarbetaruppdrag in the HSA catalogue. Other
 * issuers get an adapter of their own.
 */
export const commissionClaims: ClaimsAdapter = (verified) => {
  const parsed = claims.safeParse(verified);
  if (!parsed.success) return undefined;
  const { sub, kind, employeeHsaId, patient, may_choose_ids: choosesIds = false } = parsed.data;
  return {
    kind,
    id: (kind === 'staff' && employeeHsaId) || (kind === 'patient' && patient) || sub,
    organisation: parsed.data.healthCareProviderHsaId ?? null,
    unit: parsed.data.healthCareUnitHsaId ?? null,
    purpose: parsed.data.commissionPurpose ?? null,
    mayChooseIds: choosesIds && (kind === 'system' || kind === 'administrator'),
  };
};
