import type { SqlBuilder } from '@naravard/search';
import type { GuardianCaller } from '../caller.ts';
import { protectedLabels } from '../protected-identity.ts';
import { bornBy, bornOfLiving, exceptUnits, isExcepted } from './age.ts';
import { isKeptFromPatient } from './kept-from-patient.ts';
import { isProtectedPatient } from './masked.ts';
import type { PersonalAccess } from './personal-access.ts';
import { instant } from './reader.ts';

/** As paths/guardian.ts (PDL 5 kap 5 §, OSL 22 kap 1 §). */
export function guardianAccess({ person, of: child }: GuardianCaller, at: string): PersonalAccess {
  const age = (of: string, sql: SqlBuilder): string =>
    `(select case when child.born > ${bornBy(13, at, sql)} then 'under 13' when child.born > ${bornBy(16, at, sql)} then '13-15' end
from (select ${bornOfLiving(of, instant(at, sql))} as born) child
where exists (select from fact where fact.patient = ${of} and fact.kind = 'guardian' and fact.person = ${sql.named('guardian', person, 'text')} and fact.during @> ${instant(at, sql)})
and not ${isProtectedPatient(of)})`;
  return {
    kind: 'guardian',
    reason: 'guardian-under-13',
    of: child,
    sights: (of, sql) => ({
      age: age(of, sql),
      units: exceptUnits(of, 'guardian-keeps-access', instant(at, sql)),
    }),
    ground: (
      row,
      sight,
    ) => `case when ${isKeptFromPatient(row, ...protectedLabels)} then null else case ${sight('age')}
when 'under 13' then 'guardian-under-13'
when '13-15' then case when ${isExcepted(row, sight('units'))} then 'guardian-exception' end end end`,
    writes: (of, sql) => `${age(of, sql)} = 'under 13'`,
  };
}
