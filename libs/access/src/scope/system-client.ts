import type { ScopeRule } from '@naravard/search';
import type { LegalActor } from '../caller.ts';
import { keyOfActor } from '../legal-actor-key.ts';
import { isLabelled, isProtectedPatient } from './masked.ts';
import { noPatient } from './no-patient.ts';
import { ruleOf } from './rule.ts';

/** As paths/system-client.ts, for a client that asks for itself (SVOD 4 kap 1 §). */
export const systemRule = (organisation: LegalActor): ScopeRule =>
  ruleOf({
    shape: 'system of an organisation',
    reason: 'system-own-organisation',
    relation: () => 'true',
    ground: (row, _sight, sql) => `coalesce(case when ${row}.patient is null then ${noPatient(row)} end,
case when ${row}.custodian = ${sql.named('client organisation', keyOfActor(organisation), 'text')} then 'system-own-organisation' end)`,
    unmasked: (row) => `(not ${isLabelled(row)} and not ${isProtectedPatient(`${row}.patient`)})`,
  });
