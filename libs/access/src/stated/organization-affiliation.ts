import type { LegalActor } from '../caller.ts';
import { keyOfActor } from '../legal-actor-key.ts';
import type { StatedFact } from '../stated-fact.ts';
import { systems } from './codes.ts';
import { type CodeableConcept, codesOf, type Period, type Reference } from './elements.ts';
import { hsaIdOf } from './hsa-id.ts';
import { limitsOf } from './limits.ts';
import { notSo, notYours } from './refusal.ts';
import { fact, type Stating } from './stating.ts';

export interface OrganizationAffiliation {
  readonly resourceType: 'OrganizationAffiliation';
  readonly active?: boolean;
  readonly period?: Period;
  readonly participatingOrganization?: Reference;
  readonly code?: readonly CodeableConcept[];
}

/**
 * SVOD (2022:913) 2 kap. 4 §: a vårdgivare or omsorgsgivare takes part in the sharing, in that role. To join is optional,
 * and no organisation joins another: administrators keep the list.
 */
export function organizationAffiliation(resource: OrganizationAffiliation, stating: Stating): StatedFact[] {
  if (resource.active === false || !codesOf(resource.code, systems.network).includes('svod')) return [];
  if (stating.writer.kind !== 'administrator') {
    throw notYours(
      'OrganizationAffiliation.code',
      'Who takes part in SVOD is registered by an administrator.',
    );
  }
  const hsaId = hsaIdOf(resource.participatingOrganization);
  const roles = codesOf(resource.code, systems.legalActor).filter(isRole);
  if (hsaId === null || roles.length === 0) {
    throw notSo(
      'OrganizationAffiliation',
      `Name who takes part by HSA-id in participatingOrganization.identifier, and in code the role, vardgivare or omsorgsgivare of ${systems.legalActor}.`,
    );
  }
  const during = limitsOf(resource.period, 'OrganizationAffiliation.period');
  return roles.map((as) =>
    fact('joined', stating, null, { organisation: keyOfActor({ hsaId, as }), during }),
  );
}

const isRole = (code: string): code is LegalActor['as'] => code === 'vardgivare' || code === 'omsorgsgivare';
