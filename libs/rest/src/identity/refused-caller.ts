import { type Actor, keyOfActor, nobody } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { z } from 'zod';
import type { Claims } from './identified.ts';
import { hsaId, organisationOf } from './organisation-claims.ts';

/**
 * A caller whose token is valid and who may not enter all the same, as staff without a chosen commission: 403, with who it
 * was, since a denial belongs to the log (HSLF-FS 2016:40 4 kap 9 §). It has no rights at all.
 */
export class RefusedCaller extends Problem {
  readonly actor: Actor;

  constructor({ kind, findings, cause }: Problem, actor: Actor) {
    super(kind, findings, { cause });
    this.actor = actor;
  }
}

const text = z.string().min(1).optional().catch(undefined);
const id = hsaId.optional().catch(undefined);

/** What verified claims tell of a caller that is not identified by them: each for itself, none of it needed. */
const told = z.object({
  healthCareProviderHsaId: id,
  healthCareUnitHsaId: id,
  socialCareProviderHsaId: id,
  socialCareUnitHsaId: id,
  employeeHsaId: id,
  commissionHsaId: id,
  commissionPurpose: text,
  title: text,
  client_id: text,
  azp: text,
  sub: text,
  kind: text,
  act_for: text,
});

/**
 * Who a refused caller says to be, as far as the token tells: an employee, a client of an organisation, or the end user whom
 * it names. A person is `anonymous`, since `sub` may be a personnummer. `kind`: what the token says it is; null when it does not.
 */
export function refusedActor(claims: Claims, kind: Actor['kind'] | null): Actor {
  const who = told.parse(claims);
  const client = who.client_id ?? who.azp ?? null;
  const at = organisationOf(who);
  const common = { ...nobody, client, organisation: at ? keyOfActor(at.organisation) : null };
  switch (kind) {
    case 'staff':
      return { ...common, ...staffOf(who), unit: at?.unit ?? null };
    case 'system':
      return endUserOf(claims, common) ?? { ...common, kind, id: who.client_id ?? who.sub ?? nobody.id };
    case 'administrator':
      return { ...common, kind, id: who.client_id ?? who.sub ?? nobody.id };
    case 'patient':
    case 'guardian':
      return { ...nobody, kind, client };
    case null:
      return { ...nobody, client };
    default:
      return kind satisfies never;
  }
}

const staffOf = (who: z.infer<typeof told>) => ({
  kind: 'staff' as const,
  id: who.employeeHsaId ?? nobody.id,
  commission: who.commissionHsaId ?? null,
  purpose: who.commissionPurpose ?? null,
  title: who.title ?? null,
});

/** The client vouches for its end user, in the log of its own organisation: a unit of another one is left out. */
function endUserOf(claims: Claims, common: Actor): Actor | undefined {
  const named = told.safeParse(claims.on_behalf_of).data;
  if (named === undefined) return undefined;
  const client = common.client ?? told.parse(claims).sub ?? null;
  if (named.employeeHsaId === undefined) {
    const isGuardian = named.act_for !== undefined || named.kind === 'guardian';
    return { ...common, client, kind: isGuardian ? 'guardian' : 'patient' };
  }
  const at = organisationOf(named);
  const isOwn = at !== undefined && keyOfActor(at.organisation) === common.organisation;
  return { ...common, ...staffOf(named), client, unit: isOwn ? at.unit : null };
}
