import { canonicalIdentifier, identifierSystems, Problem } from '@naravard/fhir';
import { z } from 'zod';
import type { Claims, Identified } from './identified.ts';

/** The Patient id of a personnummer or samordningsnummer of twelve digits; undefined when nobody here has it. */
export type PatientOf = (personnummer: string) => Promise<string | undefined>;

const common = {
  sub: z.string().min(1),
  client_id: z.string().min(1).optional(),
};

const patientId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);

const person = z.object({
  ...common,
  patient: patientId.optional(),
  personalIdentityNumber: z.string().optional(),
  'https://id.oidc.se/claim/personalIdentityNumber': z.string().optional(),
});

/**
 * A person who asks about himself or herself: `patient`, or a personnummer (named as in Inera's IdP or in the Swedish OIDC
 * profile) that is looked up here and kept nowhere.
 * @throws Problem 'forbidden' when the personnummer has no Patient here
 */
export async function ownPatient(claims: Claims, patientOf: PatientOf): Promise<Identified | undefined> {
  const who = person.safeParse(claims).data;
  if (!who) return undefined;
  const number = who.personalIdentityNumber ?? who['https://id.oidc.se/claim/personalIdentityNumber'];
  if (who.patient === undefined && number === undefined) return undefined;
  const patient = who.patient ?? (await patientOf(canonical(number ?? '')));
  if (patient === undefined)
    throw new Problem('forbidden', 'There is nothing about you here. Det finns inga uppgifter om dig här.');
  return {
    kind: 'patient',
    id: patient,
    caller: { kind: 'patient', patient },
    client: who.client_id ?? null,
    ...withoutCommission,
  };
}

const canonical = (number: string): string =>
  canonicalIdentifier(identifierSystems.personnummer, number).value;

const guardian = z.object({ ...common, act_for: patientId });

/** Who acts for another person: `act_for` is that person's Patient id, `sub` a stable id that is no personnummer. */
export function actingFor(claims: Claims): Identified | undefined {
  const who = guardian.safeParse(claims).data;
  if (!who || looksPersonal(who.sub)) return undefined;
  return {
    kind: 'guardian',
    id: who.sub,
    caller: { kind: 'guardian', person: who.sub, of: who.act_for },
    client: who.client_id ?? null,
    ...withoutCommission,
  };
}

/** Ten or twelve digits are taken for a personnummer, which is kept nowhere. */
const looksPersonal = (id: string): boolean => /^(?:\d{2})?\d{6}[-+]?\d{4}$/.test(id.trim());

const withoutCommission = {
  organisation: null,
  unit: null,
  commission: null,
  purpose: null,
  title: null,
  rights: [],
  mayChooseIds: false,
} as const;
