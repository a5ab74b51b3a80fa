import { type EndUser, keyOfActor } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { z } from 'zod';
import type { Claims, Identified } from './identified.ts';
import { organisationClaims, organisationOf } from './organisation-claims.ts';
import { ownPatient, type PatientOf } from './person-claims.ts';
import { staffOf } from './staff-claims.ts';

const system = organisationClaims.extend({
  sub: z.string().min(1),
  client_id: z.string().min(1).optional(),
  may_choose_ids: z.boolean().default(false),
  on_behalf_of: z.record(z.string(), z.unknown()).optional(),
});

/**
 * A client of an organisation, by itself or for one named end user, whose claims stand in `on_behalf_of`. Undefined
 * without an organisation. What it writes is its organisation's, by the end user's unit where there is one; who does it is
 * the end user.
 */
export async function systemOf(claims: Claims, patientOf: PatientOf): Promise<Identified | undefined> {
  const client = system.safeParse(claims).data;
  const at = client && organisationOf(client);
  if (!client || !at) return undefined;
  const id = client.client_id ?? client.sub;
  const user = client.on_behalf_of && (await endUserOf(client.on_behalf_of, patientOf));
  if (client.on_behalf_of && !user) return undefined;
  const key = keyOfActor(at.organisation);
  if (user?.caller.kind === 'staff' && user.organisation !== key)
    throw new Problem('forbidden', 'A client acts for staff of its own organisation only.');
  return {
    kind: user?.kind ?? 'system',
    id: user?.id ?? id,
    caller: { kind: 'system', client: id, organisation: at.organisation, onBehalfOf: user?.caller ?? null },
    organisation: key,
    unit: user?.unit ?? at.unit,
    commission: user?.commission ?? null,
    purpose: user?.purpose ?? null,
    title: user?.title ?? null,
    client: id,
    rights: user?.rights ?? [],
    mayChooseIds: client.may_choose_ids,
  };
}

/**
 * The end user by the claims that a token of the person would have: staff by employeeHsaId, else the patient. Whether
 * somebody acts for a patient is shown by the person's own log-in, not by what a system says (PDL (2008:355) 5 kap 5 §).
 * @throws Problem 'forbidden' for who acts for another
 */
async function endUserOf(
  claims: Claims,
  patientOf: PatientOf,
): Promise<(Identified & { caller: EndUser }) | undefined> {
  if ('act_for' in claims || claims.kind === 'guardian') throw notForGuardians();
  const user = 'employeeHsaId' in claims ? staffOf(claims) : await ownPatient(named(claims), patientOf);
  return user && { ...user, caller: user.caller as EndUser };
}

const notForGuardians = (): Problem =>
  new Problem('forbidden', {
    severity: 'error',
    diagnostics:
      'A system does not act for who acts for another: the guardian logs in through the patient client, with a token of the person.',
    sv: 'Den som företräder någon annan loggar in själv, i tjänsten för patienter.',
  });

/** `sub` says nothing more about an end user who is named by a Patient id. */
const named = (claims: Claims): Claims => ({ sub: 'end-user', ...claims });
