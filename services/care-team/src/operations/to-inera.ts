import type { CareTeam } from '@medplum/fhirtypes';
import { toInera } from '@naravard/care';
import type { Problem } from '@naravard/fhir';
import {
  checkScopes,
  type Interaction,
  isThere,
  missing,
  questionOf,
  refusal,
  refused,
  textOf,
} from '@naravard/rest';

/**
 * `GET CareTeam/[id]/$to-inera`: a fast kontakt, or the team that it is reached through, as Inera's CareTeam IG 0.9 expects it,
 * which is FHIR R5. It is made of what an ordinary read by the same caller answers.
 */
export const toIneraOperation: Interaction = {
  name: '$to-inera',
  method: 'GET',
  route: '/CareTeam/:id/$to-inera',
  async handle(engine, call) {
    const { context, id } = call;
    questionOf(call);
    checkScopes(context.actor, 'CareTeam', 'r');
    const stored = await engine.store.read(context, 'CareTeam', id);
    if (!isThere(stored)) return missing(stored);
    const { version, lastUpdated } = stored;
    const team = toInera(JSON.parse(textOf(stored)) as CareTeam);
    if (!team) return refusal(notOfTheirs());
    return { status: 200, body: JSON.stringify(team), version, lastModified: lastUpdated };
  },
};

const notOfTheirs = (): Problem =>
  refused(
    'unprocessable',
    'Inera has two sorts of CareTeam: ask for one of category fast-kontakt or team.',
    'Bara fasta kontakter och team kan visas så.',
  );
