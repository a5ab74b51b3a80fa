import { type Actor, keyOfActor } from '@naravard/access';
import { sandboxIssuer } from '@naravard/all-in-one/sandbox';
import { keptSecrets } from '../services/all-in-one/src/sandbox/kept-secrets.ts';
import type { Claims } from '../services/all-in-one/src/sandbox/personas.ts';
import { actorOf } from '../services/all-in-one/src/seed/batches.ts';
import { hsaOf, municipalityOf, unitIds } from '../services/all-in-one/src/seed/halland.ts';
import { patientRecords, unitsOf } from '../services/all-in-one/src/seed/patient-records.ts';

export const seed = 1;

/** Ids that `npm run seed` gives its patients. */
export const patientId = (n: number): string => `s${seed}-p${String(n).padStart(6, '0')}`;

/** Tokens for seeded staff and journal systems, signed with the key that the sandbox keeps in `dataDir`. */
export async function createCallers(
  dataDir: string,
  base: string,
): Promise<{ tokenOf(claims: Claims): Promise<string> }> {
  const issuer = sandboxIssuer((await keptSecrets(dataDir)).signingKey, base);
  const known = new Map<string, Promise<string>>();
  return {
    tokenOf(claims) {
      const token = known.get(claims.sub) ?? issuer.sign(claims);
      known.set(claims.sub, token);
      return token;
    },
  };
}

/** A nurse at the unit of the hemsjukvård that patient `n` has, when the patient has any. */
export function nurseOf(n: number): Claims {
  const unit = unitsOf(seed, n).halsoOchSjukvard;
  const hsaId = hsaOf(unitIds.staff(unit, 'ssk', 1));
  return {
    sub: hsaId,
    kind: 'staff',
    name: 'Sjuksköterska',
    employeeHsaId: hsaId,
    commissionHsaId: `${hsaId}U`,
    commissionPurpose: 'Vård och behandling',
    healthCareProviderHsaId: hsaOf(actorOf(municipalityOf(n), 'halsoOchSjukvard')),
    healthCareUnitHsaId: hsaOf(unit),
    title: 'Sjuksköterska',
  };
}

/** Whether that nurse sees all there is about patient `n`: the unit has an insats and a yes, and nothing is blocked. */
export function isShared(n: number): boolean {
  const { region, halsoOchSjukvard } = patientRecords(seed, n);
  const id = patientId(n);
  const answer = halsoOchSjukvard.find((each) => each.id === `${id}-svod-hsv`);
  return (
    answer?.resourceType === 'Consent' &&
    answer.provision?.type === 'permit' &&
    !region.some((each) => each.id === `${id}-sparr`)
  );
}

/** The same nurse as the service sees her. */
export function actorOfNurse({ sub, healthCareProviderHsaId = '', healthCareUnitHsaId = '' }: Claims): Actor {
  const organisation = { hsaId: healthCareProviderHsaId, as: 'vardgivare' } as const;
  const purpose = 'Vård och behandling';
  const commissionHsaId = `${sub}U`;
  const unit = healthCareUnitHsaId;
  return {
    kind: 'staff',
    id: sub,
    caller: { kind: 'staff', commission: { commissionHsaId, employee: sub, organisation, unit, purpose } },
    organisation: keyOfActor(organisation),
    unit,
    commission: commissionHsaId,
    purpose,
    title: 'Sjuksköterska',
    client: null,
    rights: [],
    grants: null,
    mayChooseIds: false,
  };
}
