import type { Actor, Right } from '../actor.ts';
import { keyOfActor } from '../legal-actor-key.ts';

/** Who writes a resource that states facts: all of it from the token, none of it from the body. */
export interface Writer {
  readonly kind: Actor['kind'];
  /** employeeHsaId, Patient id, or the id of a client. */
  readonly id: string;
  /** Key of the legal actor (legal-actor-key.ts) that every fact is about; null states nothing on relations or answers. */
  readonly organisation: string | null;
  /** HSA-id. */
  readonly unit: string | null;
  readonly rights: readonly Right[];
  /** Written by an operation of the service, as Patient/$nodoppning, which has asked what the law wants asked. */
  readonly operation: boolean;
}

/** A system client with a named end user may write what that user may (SVOD 2022:913 4 kap. 1 and 3 §§). */
export function writerOf({ kind, id, caller, organisation, unit, rights }: Actor, operation = false): Writer {
  const user = caller.kind === 'system' ? caller.onBehalfOf : null;
  switch (user?.kind) {
    case undefined:
      return { kind, id, organisation, unit, rights, operation };
    case 'staff': {
      const { employee, unit, organisation: of } = user.commission;
      const same = keyOfActor(of) === organisation;
      return {
        kind: 'staff',
        id: employee,
        organisation: same ? organisation : null,
        unit,
        rights,
        operation,
      };
    }
    case 'patient':
      return { kind: 'patient', id: user.patient, organisation, unit: null, rights: [], operation };
    case 'guardian':
      return { kind: 'guardian', id: user.person, organisation, unit: null, rights: [], operation };
    default:
      return user satisfies never;
  }
}
