import { Problem } from '@naravard/fhir';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const advice: ReadonlyMap<string, string> = new Map([
  ['28P01', 'The database refuses the login: check user and password of DATABASE_URL.'],
  ['28000', 'The database refuses the login: check user of DATABASE_URL, and pg_hba.conf for its address.'],
  ['3D000', 'The database that DATABASE_URL names does not exist: create it first.'],
  [
    '42501',
    'The login of DATABASE_URL lacks a right: the service needs to be a member of naravard_service (with ROW_LEVEL_SECURITY also of naravard_netted), and npm run migrate needs the owner of the schema.',
  ],
]);

/** Why PostgreSQL does not let a login in, as what an operator can do about it; undefined for any other error. */
export function loginRefused(error: unknown): Problem | undefined {
  const said = advice.get(String((error as { code?: unknown } | null)?.code));
  return said === undefined ? undefined : new Problem('unavailable', said, { cause: error });
}
