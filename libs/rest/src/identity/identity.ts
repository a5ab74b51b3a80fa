import type { Actor } from '@naravard/access';

/** Turns an access token into who calls. */
export interface Identity {
  /** @throws Problem 'login' when the token is not valid here and now. */
  actorOf(token: string): Actor | Promise<Actor>;
}
