import type { LegalActor } from '@naravard/access';
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import { z } from 'zod';

/** HSA-ids are compared as text, so they are taken in their canonical form. */
export const hsaId = z
  .string()
  .trim()
  .min(1)
  .transform((text) => canonicalIdentifier(identifierSystems.hsaId, text).value);

/**
 * `healthCare...` as in Inera's IdP; that has no names for an omsorgsgivare, hence `socialCare...` of our own. One
 * municipality can be both, so the pair that is there tells as which of them the caller acts.
 */
export const organisationClaims = z.object({
  healthCareProviderHsaId: hsaId.optional(),
  healthCareUnitHsaId: hsaId.optional(),
  socialCareProviderHsaId: hsaId.optional(),
  socialCareUnitHsaId: hsaId.optional(),
});

/** The legal actor and the unit of a token; undefined when it names none, or both a vårdgivare and an omsorgsgivare. */
export function organisationOf(
  claims: z.infer<typeof organisationClaims>,
): { organisation: LegalActor; unit: string | null } | undefined {
  const health = claims.healthCareProviderHsaId ?? claims.healthCareUnitHsaId;
  const social = claims.socialCareProviderHsaId ?? claims.socialCareUnitHsaId;
  if (health && social) return undefined;
  if (claims.healthCareProviderHsaId) {
    const organisation = { hsaId: claims.healthCareProviderHsaId, as: 'vardgivare' } as const;
    return { organisation, unit: claims.healthCareUnitHsaId ?? null };
  }
  if (!claims.socialCareProviderHsaId) return undefined;
  const organisation = { hsaId: claims.socialCareProviderHsaId, as: 'omsorgsgivare' } as const;
  return { organisation, unit: claims.socialCareUnitHsaId ?? null };
}
