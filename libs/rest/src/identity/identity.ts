import type { Actor } from '@naravard/access';

/** What a caller presents with a request to say who it is. */
export interface Presented {
  readonly token: string;
  /** `bearer`: whoever has the token may use it. `dpop`: only who has the key it is bound to. */
  readonly scheme: 'bearer' | 'dpop';
  /** Header DPoP: a JWT signed with that key for this one request. */
  readonly proof: string | undefined;
  readonly method: string;
  /** Path of the request as sent, without query: `/fhir/Patient/1`. */
  readonly path: string;
}

/** Turns an access token into who calls. */
export interface Identity {
  /**
   * @throws Problem 'login' when the token, or the proof that it is bound to, is not valid here and now; RefusedCaller
   * (403) for who has chosen no commission or is not known here; 'unavailable' when the issuer does not answer.
   */
  actorOf(presented: Presented): Actor | Promise<Actor>;
  /** Whether the token has been verified before and is still valid; costs next to nothing. */
  remembers(token: string): boolean;
}
