import { type Actor, nobody, systemRights } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import type { Engine } from '../engine.ts';
import { parseSearch, reachOfType } from '../search-reach.ts';

/** Asks on behalf of nobody: who logs in is not known yet. */
const login: Actor = {
  ...nobody,
  kind: 'system',
  id: 'login',
  caller: { kind: 'administrator', id: 'login' },
};

/** The id of the one Patient with a personnummer, for tokens that name a person so; undefined when there is none, or two. */
export async function patientOf(engine: Engine, personnummer: string): Promise<string | undefined> {
  const pairs = [['identifier', `${identifierSystems.personnummer}|${personnummer}`]] as const;
  const query = parseSearch(engine, reachOfType('Patient'), pairs, { lenient: false, now: Date.now() });
  const context = { actor: login, ...systemRights('login'), request: 'login', interaction: 'search-type' };
  const { resources } = await engine.store.search(context, { ...query, count: 2 });
  return resources.length === 1 ? resources[0]?.id : undefined;
}
