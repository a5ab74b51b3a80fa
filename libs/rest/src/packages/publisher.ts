import { type Actor, nobody, systemRights } from '@naravard/access';
import type { RequestContext } from '@naravard/store';

/** The service itself, which keeps the directory as an administrator does. */
export const publisher: Actor = {
  ...nobody,
  kind: 'administrator',
  id: 'naravard',
  caller: { kind: 'administrator', id: 'naravard' },
  grants: null,
  mayChooseIds: true,
};

/** Its own work on conformance resources, or that of who has the login of its database. */
export const publishing = (request: string, actor: Actor = publisher): RequestContext => ({
  actor,
  ...systemRights(request),
  request,
  interaction: 'update',
});
