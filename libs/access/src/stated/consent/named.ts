import { type ActorCode, actorCodes, systems } from '../codes.ts';
import { codesOf } from '../elements.ts';
import { hsaIdOf } from '../hsa-id.ts';
import { notSo } from '../refusal.ts';
import type { Actor, Consent } from './shape.ts';

/** The HSA-ids that the actors of a provision are known by, at most one of each role. */
export type Named = Partial<Readonly<Record<ActorCode, string>>>;

/** @throws Problem 'business-rule' for an actor without one of `roles`, without HSA-id, or twice in a role */
export function namedIn({ provision }: Consent, roles: readonly ActorCode[]): Named {
  const named: Partial<Record<ActorCode, string>> = {};
  for (const [at, actor] of (provision?.actor ?? []).entries()) {
    const expression = `Consent.provision.actor[${at}]`;
    const role = roleOf(actor, roles);
    const hsaId = hsaIdOf(actor.reference);
    if (role === undefined || role in named) {
      throw notSo(
        `${expression}.role`,
        `Give one actor for each role, with a code of ${systems.consentActor}: ${roles.join(', ')}.`,
      );
    }
    if (hsaId === null)
      throw notSo(`${expression}.reference`, 'Name whom it is by HSA-id, in reference.identifier.');
    named[role] = hsaId;
  }
  return named;
}

const roleOf = ({ role }: Actor, roles: readonly ActorCode[]): ActorCode | undefined => {
  const [code = '', ...more] = codesOf(role && [role], systems.consentActor);
  return more.length === 0 && Object.hasOwn(actorCodes, code)
    ? roles.find((each) => each === code)
    : undefined;
};
