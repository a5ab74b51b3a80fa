import { carePurpose, keyOfActor, type Right } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { z } from 'zod';
import type { Claims, Identified } from './identified.ts';
import { hsaId, organisationClaims, organisationOf } from './organisation-claims.ts';

/** What a commissionRight is called in a token. */
const rightNames: ReadonlyMap<string, Right> = new Map([
  ['block-officer', 'block-officer'],
  ['log-review', 'log-review'],
]);

const texts = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

const employee = z.object({ employeeHsaId: hsaId });

/** `allCommissions` and `allEmployeeHsaIds` are not read: only the chosen commission counts. */
const commission = organisationClaims.extend({
  commissionHsaId: hsaId,
  commissionPurpose: z.string(),
  commissionRight: texts.default([]),
  title: z.string().min(1).optional(),
  client_id: z.string().min(1).optional(),
});

/**
 * Staff in the one commission (medarbetaruppdrag) that was chosen at login; undefined without an employeeHsaId.
 * PDL (2008:355) 4 kap 1-2 §§, HSLF-FS 2016:40 4 kap: access is to the task at hand.
 * @throws Problem 'forbidden' without a commission whose purpose is care, save for who reviews the log
 */
export function staffOf(claims: Claims): Identified | undefined {
  const who = employee.safeParse(claims).data;
  if (!who) return undefined;
  const chosen = commission.safeParse(claims).data;
  const at = chosen && organisationOf(chosen);
  if (!chosen || !at?.unit)
    throw noCommission('The token names no single commission with its organisation and unit');
  const rights = chosen.commissionRight.flatMap((name) => rightNames.get(name) ?? []);
  if (chosen.commissionPurpose !== carePurpose && !rights.includes('log-review'))
    throw noCommission(`The purpose of the chosen commission is not "${carePurpose}"`);
  const { unit, organisation } = at;
  const { commissionHsaId, commissionPurpose: purpose } = chosen;
  return {
    kind: 'staff',
    id: who.employeeHsaId,
    caller: {
      kind: 'staff',
      commission: { commissionHsaId, employee: who.employeeHsaId, organisation, unit, purpose },
    },
    organisation: keyOfActor(organisation),
    unit,
    commission: commissionHsaId,
    purpose,
    title: chosen.title ?? null,
    client: chosen.client_id ?? null,
    rights,
    mayChooseIds: false,
  };
}

const noCommission = (why: string): Problem =>
  new Problem(
    'forbidden',
    `${why}: log in again and choose a commission for care. Logga in igen och välj ett uppdrag för vård och behandling.`,
  );
