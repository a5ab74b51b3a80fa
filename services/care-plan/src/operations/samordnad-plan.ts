import { composePlan, type PlanForm, pagePolicy, planDocument, planHtml } from '@naravard/care';
import { Problem, parseDateRange } from '@naravard/fhir';
import { type Call, checkScopes, type Interaction, refused } from '@naravard/rest';
import { aroundPatient } from '../samordnad-plan/around-patient.ts';

const html = 'text/html';
const compact = 'application/vnd.naravard.plan+json';

/**
 * `GET Patient/[id]/$samordnad-plan?at=&since=&form=patient|personal`: everything that is planned round a person, with the four
 * parts of patientkontrakt: whom to call now and all week, plans composed of their parts, steps for when it gets worse, who does
 * what, next times, follow-ups, and what has changed `since`. A caller sees of it what it may see of the resources.
 *
 * A document Bundle; as `_format=compact` or Accept `application/vnd.naravard.plan+json` the SamordnadPlan of libs/care; as
 * `_format=html` or Accept `text/html` two printed pages. `application/json` is FHIR JSON, here as everywhere.
 *
 * The person and who acts for a child are given the patient's form; staff choose, and are given their own unless they say.
 */
export const samordnadPlan: Interaction = {
  name: '$samordnad-plan',
  method: 'GET',
  route: '/Patient/:id/$samordnad-plan',
  formats: { html, [html]: html, compact, [compact]: compact },
  async handle(engine, call) {
    const { context, id, format } = call;
    checkScopes(context.actor, 'Patient', 's');
    const asked = askedOf(call);
    const searching = { ...context, scope: context.searchable };
    const around = await aroundPatient(engine, searching, { id, ...asked });
    const patient = `Patient/${id}`;
    const { resources, complete } = around;
    if (!resources.some((each) => isPatient(each, id))) throw new Problem('not-found');
    const composed = composePlan({ resources, complete, patient, ...asked });
    switch (format) {
      case html:
        return { status: 200, body: planHtml(composed.plan), shown: { as: html, policy: pagePolicy } };
      case compact:
        return { status: 200, body: JSON.stringify(composed.plan), shown: { as: compact } };
      default: {
        const options = { id: engine.store.newId(), base: engine.base, textOf: around.textOf };
        return { status: 200, body: planDocument(composed, options) };
      }
    }
  },
};

const isPatient = (resource: object, id: string): boolean => {
  const { resourceType, id: own } = resource as { resourceType?: string; id?: string };
  return resourceType === 'Patient' && own === id;
};

/** The years that holidays are computed for. */
const first = '1990-01-01';
const last = '2100-12-31';
/** So far back changes are told. */
const daysBack = 366;

function askedOf({ query, context }: Call): { at: string; since: string | null; form: PlanForm } {
  const given = new Map<string, string>();
  for (const [name, value] of query) {
    if (!['at', 'since', 'form'].includes(name) || given.has(name)) {
      throw unfit(undefined, 'Only at, since and form are known here, each once.');
    }
    given.set(name, value);
  }
  const at = instantOf('at', given.get('at')) ?? context.at;
  if (at < first || at > last) throw unfit('at', `at must lie between ${first} and ${last}.`);
  const since = instantOf('since', given.get('since'));
  const longest = new Date(Date.parse(context.at) - daysBack * 86_400_000).toISOString();
  return {
    at,
    since: since !== null && since < longest ? longest : since,
    form: formOf(given.get('form'), context),
  };
}

function instantOf(name: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const start = parseDateRange(text)?.start;
  if (start) return start;
  throw unfit(
    name,
    `${name} must be a day or an instant, for example 2026-11-23; write + as %2B in an address.`,
  );
}

function formOf(asked: string | undefined, { actor }: Call['context']): PlanForm {
  if (asked !== undefined && asked !== 'patient' && asked !== 'personal') {
    throw unfit('form', 'form must be patient or personal.');
  }
  if (actor.kind !== 'patient' && actor.kind !== 'guardian') return asked ?? 'personal';
  if (asked !== 'personal') return 'patient';
  throw refused(
    'forbidden',
    'The form for staff is for staff: ask with form=patient, or without form.',
    'Den här formen av planen är för personal.',
    'form',
  );
}

const unfit = (expression: string | undefined, diagnostics: string): Problem =>
  new Problem('bad-request', {
    severity: 'error',
    diagnostics,
    ...(expression !== undefined && { expression }),
  });
