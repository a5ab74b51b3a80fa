import {
  compactPlan,
  composePlan,
  type PlanForm,
  pagePolicy,
  planDocument,
  planHtml,
  planSchema,
} from '@naravard/care';
import { Problem } from '@naravard/fhir';
import { type Call, checkScopes, type Interaction, questionOf, refused } from '@naravard/rest';
import { aroundPatient } from '../samordnad-plan/around-patient.ts';

const html = 'text/html';
const compact = 'application/vnd.naravard.plan+json';

/**
 * `GET Patient/[id]/$samordnad-plan?at=&since=&form=patient|personal&week=&offline=`: everything that is planned round a person, with the four
 * parts of patientkontrakt: whom to call now and all week, plans composed of their parts, steps for when it gets worse, who does
 * what, next times, follow-ups, and what has changed `since`. A caller sees of it what it may see of the resources.
 *
 * A document Bundle; as `_format=compact` or Accept `application/vnd.naravard.plan+json` the CompactPlan of libs/care, with
 * `week=true` also whom to call at every time of the week; as `_format=html` or Accept `text/html` two printed pages.
 * `application/json` is FHIR JSON, here as everywhere. `offline=true` says that the answer is kept to be read without a
 * connection: the log then says so (HSLF-FS 2016:40 4 kap 9 §), and `$offline-reads` tells of the reading.
 *
 * The person and who acts for a child are given the patient's form; staff choose, and are given their own unless they say.
 */
export const samordnadPlan: Interaction = {
  name: '$samordnad-plan',
  method: 'GET',
  route: '/Patient/:id/$samordnad-plan',
  formats: { html, [html]: html, compact, [compact]: compact },
  schemas: { [compact]: { name: 'SamordnadPlan', schema: planSchema } },
  async handle(engine, call) {
    const { context, id, format } = call;
    // Without these it would say that nobody answers and nothing is planned.
    for (const type of ['Patient', 'CareTeam', 'CarePlan']) checkScopes(context.actor, type, 's');
    const { week, offline, ...asked } = askedOf(call);
    const interaction = offline ? '$samordnad-plan-offline' : context.interaction;
    const searching = { ...context, interaction, scope: context.searchable() };
    const isCompact = format === compact;
    const around = await aroundPatient(engine, searching, { id, ...asked, isCompact });
    const patient = `Patient/${id}`;
    const { resources, complete } = around;
    if (!resources.some((each) => isPatient(each, id))) throw new Problem('not-found');
    if (isCompact) {
      const plan = compactPlan({ resources, complete, patient, ...asked, week });
      return { status: 200, body: JSON.stringify(plan), shown: { as: compact } };
    }
    const composed = composePlan({ resources, complete, patient, ...asked });
    switch (format) {
      case html:
        return { status: 200, body: planHtml(composed.plan), shown: { as: html, policy: pagePolicy } };
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

interface Asked {
  at: string;
  since: string | null;
  form: PlanForm;
  week: boolean;
  offline: boolean;
}

function askedOf(call: Call): Asked {
  const { context } = call;
  const question = questionOf(call, 'at', 'since', 'form', 'week', 'offline');
  const at = question.time('at')?.start ?? context.at;
  if (at < first || at > last) {
    throw new Problem('bad-request', {
      severity: 'error',
      expression: 'at',
      diagnostics: `at must lie between ${first} and ${last}.`,
    });
  }
  const since = question.time('since')?.start ?? null;
  const longest = new Date(Date.parse(context.at) - daysBack * 86_400_000).toISOString();
  return {
    at,
    since: since !== null && since < longest ? longest : since,
    form: formOf(question.code('form', forms), context),
    week: question.code('week', booleans) === 'true',
    offline: question.code('offline', booleans) === 'true',
  };
}

const booleans = ['true', 'false'] as const;
const forms: readonly PlanForm[] = ['patient', 'personal'];

function formOf(asked: PlanForm | undefined, { actor }: Call['context']): PlanForm {
  if (actor.kind !== 'patient' && actor.kind !== 'guardian') return asked ?? 'personal';
  if (asked !== 'personal') return 'patient';
  throw refused(
    'forbidden',
    'The form for staff is for staff: ask with form=patient, or without form.',
    'Den här formen av planen är för personal.',
    'form',
  );
}
