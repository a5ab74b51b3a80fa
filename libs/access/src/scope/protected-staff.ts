import { tokenKey } from '@naravard/search';
import { protectedLabels } from '../protected-identity.ts';
import { words } from './literal.ts';
import { isLabelled } from './masked.ts';

/**
 * SQL of the type and id of the members of staff whose names are nobody's to see (OSL 2009:400 22 kap 1 §): Practitioners and
 * PractitionerRoles with a label of protected identity, and the roles of such Practitioners. The index on tokens has the few
 * that are labelled.
 */
export const protectedStaff = `select s.type, s.id from resource s where ${labelled('s')}
union select 'PractitionerRole', o.id from resource s join reference p on p.target = s.id and p.type = 'PractitionerRole' and p.param = 'practitioner' and p.target_type = s.type
join resource o on o.rid = p.rid and o.bucket = p.bucket and not o.deleted where s.type = 'Practitioner' and ${labelled('s')}`;

function labelled(row: string): string {
  return `${row}.tokens && ${words(...protectedLabels.map((code) => tokenKey('_security', code)))} and ${row}.type in ('Practitioner', 'PractitionerRole') and not ${row}.deleted and ${isLabelled(row)}`;
}

/** SQL of whether a row refers to none of them, so that its texts name none. There are few: the first question is asked once. */
export const namesNoProtectedStaff = (row: string): string =>
  `(not exists (${protectedStaff}) or not exists (select from reference n where n.rid = ${row}.rid and n.bucket = ${row}.bucket and (n.target_type, n.target) in (${protectedStaff}) offset 0))`;
