import { personNumberSystems } from '@naravard/fhir';

/**
 * SQL of whether a claim `x` of the resource in `done` is left out: it is of all, another has it, and the resource had the
 * number already, as found by the rows of `identifier` before the statement. Two may have one number from before numbers were
 * claimed (migrations/0007_person_numbers.sql): the second can be changed, as when its identity is protected, but adds no
 * number. One that was not in use had none, unless it has been merged. The key is that of services/care-team/src/person-numbers.ts.
 * `moves`: of a merge, in which the claims of both Patients are made anew.
 */
export const heldBefore = (moves: boolean): string => `x.patient = '*' and done.version > 1
  and exists (select from claim c where c.patient = '*' and c.key = x.key and c.rid <> done.rid${moves ? ' and not exists (select from done d where d.bucket = c.bucket and d.rid = c.rid)' : ''})
  and exists (select from resource o where o.bucket = done.bucket and o.rid = done.rid
    and (not ${isInactive('o')} or exists (select from fact f where f.bucket = o.bucket and f.rid = o.rid and f.kind = 'replaced')))
  and exists (select from identifier i where i.bucket = done.bucket and i.rid = done.rid and i.type = 'Patient' and i.param = 'identifier'
    and i.system in (${systems})
    and 'person ' || encode(sha256(convert_to(i.value, 'UTF8')), 'hex') = x.key)`;

/** SQL of whether a key row is of a Patient with `active` false. */
export const isInactive = (row: string): string => `${row}.tokens @> array['active=false']`;

const systems = personNumberSystems.map((system) => `'${system}'`).join(', ');
