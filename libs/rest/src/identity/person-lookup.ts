import { type Actor, nobody, systemRights } from '@naravard/access';
import { identifierSystems, Problem } from '@naravard/fhir';
import type { Engine } from '../engine.ts';

/** Asks on behalf of nobody: who logs in is not known yet. */
const login: Actor = {
  ...nobody,
  kind: 'system',
  id: 'login',
  caller: { kind: 'administrator', id: 'login' },
};

/**
 * The id of the one Patient with a personnummer or samordningsnummer, for tokens that name a person so; undefined when there
 * is none. Who had a samordningsnummer first has both, and logs in by either; where two Patients were merged it is
 * the one that remains.
 * @throws Problem 'forbidden' when two have it, as they may from before a number was one Patient's; it is logged, to be mended
 */
export async function patientOf({ store, log }: Engine, value: string): Promise<string | undefined> {
  const context = { actor: login, ...systemRights('login'), request: 'login', interaction: '$match' };
  const found = await store.match(context, [{ system: systemOf(value), value }]);
  const patients = [...new Set(found.map(({ id }) => id))];
  if (patients.length < 2) return patients[0];
  log.warn(
    { patients },
    'one number has two Patients, so nobody can log in by it: merge them with Patient/$merge',
  );
  throw new Problem('forbidden', {
    severity: 'error',
    diagnostics:
      'You are registered twice here: the care has to merge the registrations before you can log in.',
    sv: 'Du är registrerad två gånger här. Vården behöver föra ihop registreringarna innan du kan logga in.',
  });
}

/** The day of a samordningsnummer is 61-91, so that no other number is one (folkbokföringslagen 1991:481, 18-18 a §§). */
const systemOf = (number: string): string =>
  Number(number.slice(6, 8)) > 60 ? identifierSystems.samordningsnummer : identifierSystems.personnummer;
