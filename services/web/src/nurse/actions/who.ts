import { hsaIdentifier } from '../../api/hsa-id.ts';
import { vault } from '../../offline/index.ts';
import { lastUser, type SessionUser } from '../data/session.ts';

/** Who writes; null when nobody is known. The client has asked before it shows a form. */
export const currentUser = async (): Promise<SessionUser | null> =>
  (await vault.user<SessionUser>().catch(() => null)) ?? lastUser();

/** The unit, by the identifier that the directory knows it by. */
export const unitOf = ({ unitHsaId, unit }: SessionUser) => ({
  type: 'Organization',
  identifier: hsaIdentifier(unitHsaId),
  ...(unit !== null && { display: unit }),
});

export const employeeOf = ({ employeeHsaId, name }: SessionUser) => ({
  type: 'Practitioner',
  identifier: hsaIdentifier(employeeHsaId),
  display: name,
});
