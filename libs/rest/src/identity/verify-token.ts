import { Problem } from '@naravard/fhir';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { algorithms, type IssuerConfig } from './issuer-config.ts';

export const CLOCK_SKEW_SECONDS = 60;

/** RFC 9068 section 2.1; many issuers say JWT or nothing. Anything else, as an ID token's or a proof's, is no access token. */
const types = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

/**
 * The claims of an access token: exact `iss` and `aud`, an allowed algorithm, times within a minute's skew.
 * RFC 8725, RFC 9068 section 4.
 * @param now epoch milliseconds
 * @throws Problem 'login', or what `key` throws as a Problem
 */
export async function verifyToken(
  token: string,
  issuer: IssuerConfig,
  key: JWTVerifyGetKey,
  now: number,
): Promise<JWTPayload> {
  const { payload, protectedHeader } = await signed(token, issuer, key, now);
  if (!types.includes(protectedHeader.typ?.toLowerCase())) throw notAccepted('is no access token');
  if (payload.iat !== undefined && payload.iat * 1000 > now + CLOCK_SKEW_SECONDS * 1000)
    throw notAccepted('is issued in the future');
  checkClient(payload, issuer);
  return payload;
}

async function signed(token: string, issuer: IssuerConfig, key: JWTVerifyGetKey, now: number) {
  try {
    return await jwtVerify(token, key, {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: [...(issuer.algorithms ?? algorithms)],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ['exp', 'sub'],
    });
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const expired = cause instanceof errors.JWTExpired;
    throw new Problem('login', expired ? 'The access token has expired: get a new one.' : [], { cause });
  }
}

/** OpenID Connect Core section 2 (`azp`), RFC 9068 section 2.2 (`client_id`). */
function checkClient({ azp, client_id: client }: JWTPayload, { clients }: IssuerConfig): void {
  if (!clients) return;
  const named = [azp, client].filter((one) => one !== undefined);
  if (!named.length || !named.every((one) => typeof one === 'string' && clients.includes(one)))
    throw notAccepted('was issued to a client that is not accepted here');
}

const notAccepted = (why: string): Problem => new Problem('login', `The token ${why}.`);
