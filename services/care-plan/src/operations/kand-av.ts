import type { CareTeam, Communication, HealthcareService, Organization } from '@medplum/fhirtypes';
import {
  type Acknowledgement,
  acknowledgementsOf,
  partsOf,
  planKey,
  readBehandlingsplan,
} from '@naravard/care';
import { canonicalIdentifier, identifierSystems } from '@naravard/fhir';
import {
  answered,
  checkScopes,
  type Engine,
  type Interaction,
  type Part,
  questionOf,
  said,
  searchTogether,
  textOf,
} from '@naravard/rest';
import type { RequestContext } from '@naravard/store';
import { checkHead, readPlan } from '../behandlingsplan/locked-plan.ts';

/** Parts, acknowledgements and contacts of one plan that are looked at, at most. */
const most = 500;

/** Whom a plan counts on. */
interface ContactTeam {
  /** `CareTeam/id` or `HealthcareService/id`. */
  readonly key: string;
  readonly name: string | undefined;
  /** HSA-id of its unit; undefined where it is not told. */
  readonly unit: string | undefined;
}

/**
 * `GET CarePlan/[id]/$kand-av`: which units know which version of a behandlingsplan, and since when, and which of the teams and
 * services that it names as contacts do not know the current one; as far as the caller sees them. A contact without a unit
 * cannot have said so.
 */
export const kandAv: Interaction = {
  name: '$kand-av',
  method: 'GET',
  route: '/CarePlan/:id/$kand-av',
  async handle(engine, call) {
    const { context, id } = call;
    questionOf(call);
    checkScopes(context.actor, 'CarePlan', 'r');
    checkScopes(context.actor, 'CarePlan', 's');
    checkScopes(context.actor, 'Communication', 's');
    const head = readPlan(await engine.store.read(context, 'CarePlan', id));
    checkHead(head);
    const key = planKey(head.plan);
    const around = await resourcesAround(engine, context, key);
    const { contacts, steps } = readBehandlingsplan(head.plan, partsOf(key, around));
    const named = [...contacts, ...steps.flatMap(({ contact }) => contact ?? [])];
    const known = acknowledgementsOf(key, around);
    const current = new Set(
      known.filter(({ version }) => version === head.stored.version).map(({ unit }) => unit),
    );
    const lacking = [...new Set(named)]
      .map((each) => teamOf(each, around))
      .filter(({ unit }) => unit === undefined || !current.has(unit));
    return answered(
      ...known.map((each) => knownPart(each, head.stored.version)),
      ...lacking.map(({ key, name }) => ({
        name: 'lacking',
        valueReference: { reference: key, ...(name && { display: name }) },
      })),
      said(inWords(current.size, lacking)),
    );
  },
};

async function resourcesAround(engine: Engine, context: RequestContext, key: string): Promise<object[]> {
  const searching = { ...context, scope: context.searchable() };
  const { resources } = await searchTogether(engine, searching, {
    searches: [
      { type: 'CarePlan', pairs: [['_id', key.slice('CarePlan/'.length)]] },
      { type: 'CarePlan', pairs: [['part-of', key]] },
      { type: 'Communication', pairs: [['part-of', key]] },
    ],
    follow: [
      { from: 'CarePlan', to: 'CareTeam' },
      { from: 'CarePlan', to: 'HealthcareService' },
      { from: 'CareTeam', to: 'Organization' },
      { from: 'HealthcareService', to: 'Organization' },
    ],
    most,
    mostIncluded: most,
  });
  return resources.map((stored) => JSON.parse(textOf(stored)) as Communication);
}

function teamOf(key: string, resources: readonly object[]): ContactTeam {
  const byKey = (wanted: string | undefined) =>
    resources.find((each) => {
      const { resourceType, id } = each as { resourceType?: string; id?: string };
      return `${resourceType}/${id}` === wanted;
    });
  const team = (byKey(key) ?? {}) as Partial<CareTeam> & Partial<HealthcareService>;
  const { identifier = [] } = (byKey(
    team.managingOrganization?.[0]?.reference ?? team.providedBy?.reference,
  ) ?? {}) as Partial<Organization>;
  const hsaId = identifier
    .map(({ system, value = '' }) => canonicalIdentifier(system, value))
    .find(({ system }) => system === identifierSystems.hsaId)?.value;
  return { key, name: team.name, unit: hsaId };
}

const knownPart = ({ unit, version, at }: Acknowledgement, current: number): Part => ({
  name: 'known',
  part: [
    { name: 'unit', valueIdentifier: { system: identifierSystems.hsaId, value: unit } },
    { name: 'version', valueInteger: version },
    { name: 'at', valueDateTime: at },
    { name: 'current', valueBoolean: version === current },
  ],
});

function inWords(units: number, lacking: readonly ContactTeam[]): string {
  const first = `${units} ${units === 1 ? 'enhet känner' : 'enheter känner'} till planen som den är nu.`;
  const names = lacking.map(({ name, key }) => name ?? key).join(', ');
  return names ? `${first} Det har inte bekräftats av: ${names}.` : first;
}
