import { hash } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify } from 'jose';
import type { Presented } from './identity.ts';
import { algorithms } from './issuer-config.ts';
import type { ReplayGuard } from './replay-guard.ts';

/** Seconds that a proof's `iat` may be from now, either way. */
const WINDOW = 60;

const longestId = 256;

export interface ProofCheck {
  /** Origin of the public base: `https://naravard.example`; never taken from a Host header. */
  origin: string;
  guard: ReplayGuard;
  /** Epoch milliseconds. */
  now: number;
}

/**
 * That the caller has the key that a token is bound to: a proof for this method and address, of the last minute, with this
 * token and not shown before. RFC 9449 section 4.3.
 * @param boundTo `cnf.jkt` of the token
 * @throws Problem 'login'
 */
export async function checkProof(
  presented: Presented,
  boundTo: string,
  { origin, guard, now }: ProofCheck,
): Promise<void> {
  const { proof, scheme, token, method, path } = presented;
  if (scheme !== 'dpop' || proof === undefined)
    throw refused(
      'The token is bound to a key: send Authorization: DPoP <token> and a proof in the header DPoP.',
    );
  const { payload, protectedHeader } = await verified(proof, now);
  const { jti, htm, htu, ath, iat } = payload;
  if (!protectedHeader.jwk || (await calculateJwkThumbprint(protectedHeader.jwk)) !== boundTo)
    throw refused('The proof is signed with another key than the token is bound to.');
  if (htm !== method || typeof htu !== 'string' || !isAddress(htu, path, origin))
    throw refused(
      'The proof is for another request: htm and htu are its method and its address without query.',
    );
  if (ath !== hash('sha256', token, 'base64url'))
    throw refused('The proof is for another token: ath is the SHA-256 of this one.');
  if (typeof iat !== 'number' || Math.abs(now / 1000 - iat) > WINDOW)
    throw refused('The proof is not of the last minute.');
  if (typeof jti !== 'string' || jti === '' || jti.length > longestId)
    throw refused('The proof needs an id of its own (jti).');
  if (!(await guard.firstTime(`dpop ${boundTo}`, jti, (iat + WINDOW) * 1000)))
    throw refused('The proof has been used: sign a new one for each request.');
}

async function verified(proof: string, now: number) {
  try {
    return await jwtVerify(proof, EmbeddedJWK, {
      algorithms: [...algorithms],
      typ: 'dpop+jwt',
      currentDate: new Date(now),
      clockTolerance: WINDOW,
    });
  } catch (cause) {
    if (!(cause instanceof errors.JOSEError) && !(cause instanceof TypeError)) throw cause;
    throw new Problem('login', 'The proof in the header DPoP is not valid.', { cause });
  }
}

/** Section 4.3 item 9: compared without query and fragment, both normalised as RFC 3986 section 6.2.2 has it. */
function isAddress(htu: string, path: string, origin: string): boolean {
  const said = URL.parse(htu);
  const wanted = URL.parse(path, origin);
  return said !== null && wanted !== null && said.origin === origin && said.pathname === wanted.pathname;
}

const refused = (why: string): Problem => new Problem('login', why);
