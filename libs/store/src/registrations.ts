/**
 * SQL of the ids (text[]) of some Patients and of those that have been merged into them (merge.ts): the log of a person is
 * that of all registrations. Whom a Patient has replaced is found by the link of the one that was, and vouched for by the
 * fact that the merge alone states.
 */
export const registrationsOf = (ids: string): string => `array(with recursive one(id) as (
  select unnest(${ids}) collate "C"
  union select f.patient from one join reference e on e.target = one.id and e.type = 'Patient' and e.param = 'link' and e.target_type = 'Patient'
  join fact f on f.rid = e.rid and f.bucket = e.bucket and f.kind = 'replaced' and f.about = one.id
) select id from one)`;

/** SQL of whether a key row is of a Patient that others have been merged into: it stays while they point to it. */
export const hasReplaced = (
  row: string,
): string => `${row}.type = 'Patient' and exists (select from reference e join fact f on f.rid = e.rid and f.bucket = e.bucket
  where e.target = ${row}.id and e.type = 'Patient' and e.param = 'link' and e.target_type = 'Patient' and f.kind = 'replaced' and f.about = ${row}.id)`;
