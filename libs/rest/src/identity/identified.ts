import type { Actor } from '@naravard/access';

/** Who calls, before it is known what scopes the token has. */
export type Identified = Omit<Actor, 'grants'>;

/** Verified claims, names as in the issuer's token. */
export type Claims = Readonly<Record<string, unknown>>;
