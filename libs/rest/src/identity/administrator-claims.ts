import { keyOfActor } from '@naravard/access';
import { z } from 'zod';
import type { Claims, Identified } from './identified.ts';
import { organisationClaims, organisationOf } from './organisation-claims.ts';

const administrator = organisationClaims.extend({
  sub: z.string().min(1),
  client_id: z.string().min(1).optional(),
  may_choose_ids: z.boolean().default(false),
});

/** Who runs the service: writes the directory, and has no need of patient data. */
export function administratorOf(claims: Claims): Identified | undefined {
  const who = administrator.safeParse(claims).data;
  if (!who) return undefined;
  const at = organisationOf(who);
  return {
    kind: 'administrator',
    id: who.sub,
    caller: { kind: 'administrator', id: who.sub },
    organisation: at ? keyOfActor(at.organisation) : null,
    unit: at?.unit ?? null,
    commission: null,
    purpose: null,
    title: null,
    client: who.client_id ?? null,
    rights: [],
    mayChooseIds: who.may_choose_ids,
  };
}
