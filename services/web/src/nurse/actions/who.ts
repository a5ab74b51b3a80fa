import { vault } from '../../offline/index.ts';
import { readSession, type SessionUser } from '../data/session.ts';

let known: SessionUser | null = null;

/** Who writes; null when nobody is known. Whoever logs in loads the page anew, so it is asked once. */
export async function currentUser(): Promise<SessionUser | null> {
  known ??= await vault.user<SessionUser>().catch(() => null);
  if (known) return known;
  const session = await readSession();
  if (session.kind === 'user') known = session.user;
  return known;
}

// Asked while there is coverage, so that it is known when there is none.
void currentUser();

const hsaSystem = 'urn:oid:1.2.752.29.4.19';

/** The unit, by the identifier that the directory knows it by. */
export const unitOf = ({ unitHsaId, unit }: SessionUser) => ({
  type: 'Organization',
  identifier: { system: hsaSystem, value: unitHsaId },
  ...(unit !== null && { display: unit }),
});

export const employeeOf = ({ employeeHsaId, name }: SessionUser) => ({
  type: 'Practitioner',
  identifier: { system: hsaSystem, value: employeeHsaId },
  display: name,
});
