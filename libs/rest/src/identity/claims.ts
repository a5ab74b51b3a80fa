import type { Actor } from '@naravard/access';
import { z } from 'zod';
import { administratorOf } from './administrator-claims.ts';
import type { Claims, Identified } from './identified.ts';
import { actingFor, ownPatient, type PatientOf } from './person-claims.ts';
import { staffOf } from './staff-claims.ts';
import { systemOf } from './system-claims.ts';

/**
 * Reads verified claims of one issuer; undefined when they do not tell who calls. `kind` is what all tokens of the issuer
 * are when they do not say it themselves.
 * @throws Problem 'forbidden' for who is known but has chosen no commission, or has no Patient here
 */
export type ClaimsAdapter = (
  claims: Claims,
  patientOf: PatientOf,
  kind?: Actor['kind'],
) => Identified | undefined | Promise<Identified | undefined>;

const kindClaim = z.object({ kind: z.enum(['staff', 'patient', 'guardian', 'system', 'administrator']) });

/** What kind of caller the claims are of: `kind` where they do not say it; undefined without either. */
export const kindOf = (claims: Claims, kind?: Actor['kind']): Actor['kind'] | undefined =>
  kindClaim.safeParse({ kind, ...claims }).data?.kind;

/**
 * Claims named as the attributes of Inera's IdP (a person, the employee's HSA-id and one chosen commission), with `kind`,
 * `patient`, `act_for`, `on_behalf_of`, `may_choose_ids`, `socialCareProviderHsaId` and `socialCareUnitHsaId` of our own.
 * Other issuers get an adapter of their own.
 */
export const commissionClaims: ClaimsAdapter = (claims, patientOf, kind) => {
  const said = kindOf(claims, kind);
  switch (said) {
    case 'staff':
      return staffOf(claims);
    case 'patient':
      return ownPatient(claims, patientOf);
    case 'guardian':
      return actingFor(claims);
    case 'system':
      return systemOf(claims, patientOf);
    case 'administrator':
      return administratorOf(claims);
    case undefined:
      return undefined;
    default:
      return said satisfies never;
  }
};
