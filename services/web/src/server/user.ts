import type { ClientName } from './options.ts';

/** A nurse or another of the staff, with the one commission that was chosen at the login. */
export interface NurseUser {
  readonly client: 'nurse';
  readonly sub: string;
  readonly name: string;
  readonly title: string | null;
  readonly employeeHsaId: string;
  readonly unitHsaId: string;
  /** Name of the unit; null where the directory does not know it, or did not answer. */
  readonly unit: string | null;
  readonly organisation: { readonly hsaId: string; readonly as: 'vardgivare' | 'omsorgsgivare' };
}

/** A person, or a guardian of one. */
export interface PersonUser {
  readonly client: 'patient';
  readonly sub: string;
  readonly name: string;
  /** Id of the Patient; null where the token tells it in another way, and the API is to be asked. */
  readonly patient: string | null;
  readonly actsFor: boolean;
}

export type User = NurseUser | PersonUser;

type Claims = Readonly<Record<string, unknown>>;

/**
 * Who logged in, as the claims say that the API goes by (docs/access.md). They are only read here: it is the API that
 * verifies the token. Undefined where they do not say it.
 */
export function userOf(client: ClientName, claims: Claims): User | 'other-client' | undefined {
  const isStaff = claims.employeeHsaId !== undefined;
  if (isStaff !== (client === 'nurse')) return 'other-client';
  return isStaff ? nurseOf(claims) : personOf(claims);
}

function nurseOf(claims: Claims): NurseUser | undefined {
  const sub = text(claims.sub);
  const employeeHsaId = text(claims.employeeHsaId);
  const provider = text(claims.healthCareProviderHsaId);
  const hsaId = provider ?? text(claims.socialCareProviderHsaId);
  if (!sub || !employeeHsaId || !hsaId) return undefined;
  return {
    client: 'nurse',
    sub,
    name: text(claims.name) ?? '',
    title: text(claims.title) ?? null,
    employeeHsaId,
    unitHsaId: text(provider ? claims.healthCareUnitHsaId : claims.socialCareUnitHsaId) ?? hsaId,
    unit: null,
    organisation: { hsaId, as: provider ? 'vardgivare' : 'omsorgsgivare' },
  };
}

function personOf(claims: Claims): PersonUser | undefined {
  const sub = text(claims.sub);
  if (!sub) return undefined;
  const child = text(claims.act_for);
  return {
    client: 'patient',
    sub,
    name: text(claims.name) ?? '',
    patient: child ?? text(claims.patient) ?? null,
    actsFor: child !== undefined,
  };
}

/** The payload of a JWT; nothing for a token that is none. */
export function claimsIn(token: string): Claims {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Claims;
  } catch {
    return {};
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
