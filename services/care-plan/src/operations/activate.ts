import type { CarePlan } from '@medplum/fhirtypes';
import { activation, activationOf, ending, labelledAs, partsOf, planKey } from '@naravard/care';
import { type Finding, Problem } from '@naravard/fhir';
import {
  answered,
  type Call,
  careCommission,
  checkMatch,
  checkScopes,
  type Engine,
  foundFor,
  type Interaction,
  inputOf,
  referring,
  refused,
  said,
  writeAll,
} from '@naravard/rest';
import type { RequestContext, Transaction } from '@naravard/store';
import { type Activating, lackingFor, neededFor } from '../behandlingsplan/activating.ts';
import { checkHead, checkKept, type LockedPlan, lockPlan } from '../behandlingsplan/locked-plan.ts';
import { provenancesOf, signersAt } from '../behandlingsplan/signatures.ts';
import { findAll } from '../found.ts';
import { type Commission, change, creation, writingAs } from '../writing.ts';

/**
 * `POST CarePlan/[id]/$activate`: puts a draft of a behandlingsplan in force, with the parts that the other organisations have
 * in force for it, when it is complete and signed; else 422 with all that is lacking. The plan that it replaces ends at the same
 * instant and in the same transaction, so that there is no hour without one. A Provenance tells which signed version the one
 * in force came from.
 */
export const activate: Interaction = {
  name: '$activate',
  method: 'POST',
  route: '/CarePlan/:id/$activate',
  body: ['fhir'],
  matches: true,
  writes: true,
  async handle(engine, call) {
    const commission = careCommission(call.context.actor);
    checkScopes(call.context.actor, 'CarePlan', 'u');
    checkScopes(call.context.actor, 'Provenance', 'c');
    inputOf(engine, call, {});
    const context = writingAs(call.context, commission);
    const { ended, noted } = await engine.store.transaction(context, (transaction) =>
      putInForce(engine, transaction, context, commission, call),
    );
    return answered(
      referring('plan', `CarePlan/${call.id}`),
      ...ended.map((each) => referring('ended', each)),
      ...noted.map(({ sv, diagnostics }) => ({ name: 'noted', valueString: sv ?? diagnostics })),
      said('Behandlingsplanen gäller från och med nu.'),
    );
  },
};

/** `CarePlan/id` of the plan that ended, and what was found but does not refuse. */
interface PutInForce {
  readonly ended: readonly string[];
  readonly noted: readonly Finding[];
}

async function putInForce(
  engine: Engine,
  transaction: Transaction,
  context: RequestContext,
  commission: Commission,
  call: Call,
): Promise<PutInForce> {
  const { at } = context;
  const draft = await lockPlan(transaction, call.id);
  await checkKept(transaction, draft);
  checkMatch(call, draft.stored.version);
  checkHead(draft);
  if (draft.plan.status !== 'draft') throw noDraft();
  const key = planKey(draft.plan);
  const former = await formerOf(transaction, draft.plan);
  const rows = await findAll<CarePlan>(engine, transaction, 'CarePlan', [['part-of', key]]);
  const parts = partsOf(
    key,
    rows.map(({ resource }) => resource),
  );
  const changed = activation(draft.plan, parts, former ? at : null);
  const signers = await signersOfAll(engine, transaction, draft.plan, parts);
  const noted = await checkLacking(transaction, former, {
    plan: { ...draft.plan, ...changed },
    parts,
    signers,
    at,
  });
  const from = { plan: key, version: draft.stored.version };
  const made = activationOf({ ...from, version: from.version + 1 }, from, draft.patient, commission, at);
  await writeAll(transaction, [
    change(engine, context, draft.stored, changed),
    ...(former ? [change(engine, context, former.stored, ending(former.plan, at))] : []),
    creation(engine, context, { ...made, ...labelledAs(draft.plan) }),
  ]);
  return { ended: former ? [planKey(former.plan)] : [], noted };
}

/** The plan that a draft replaces. @throws Problem 'conflict' when it is no longer in force: then another has followed it */
async function formerOf(
  transaction: Transaction,
  { replaces = [] }: CarePlan,
): Promise<LockedPlan | undefined> {
  const id = /^CarePlan\/([^/]+)$/.exec(replaces[0]?.reference ?? '')?.[1];
  if (id === undefined) return undefined;
  const former = await lockPlan(transaction, id);
  if (former.plan.status !== 'active') throw alreadyFollowed();
  return former;
}

async function signersOfAll(
  engine: Engine,
  transaction: Transaction,
  head: CarePlan,
  parts: readonly CarePlan[],
): Promise<Activating['signers']> {
  const plans = [head, ...parts];
  const provenances = await provenancesOf(engine, transaction, plans);
  return new Map(
    plans.map((each) => {
      const plan = planKey(each);
      return [plan, signersAt(provenances, { plan, version: Number(each.meta?.versionId) })];
    }),
  );
}

/** @throws Problem 'business-rule' with all that is lacking; gives what was found beside that */
async function checkLacking(
  transaction: Transaction,
  former: LockedPlan | undefined,
  activating: Activating,
): Promise<Finding[]> {
  const known = new Map<string, object>(
    [...activating.parts, activating.plan].map((each) => [planKey(each), each]),
  );
  // As it will be when the plan is in force.
  if (former) known.set(planKey(former.plan), { ...former.plan, status: 'completed' });
  const keyOf = (reference: string) => reference.replace(/\/_history\/.*$/, '');
  // Whole, as it lies, but nothing that the caller may not see.
  const readAll: Transaction['current'] = (keys) => transaction.current(keys);
  const found = await foundFor({ known, keyOf, readAll }, (each) => neededFor(activating, each));
  const findings = lackingFor(activating, found);
  if (findings.some(({ severity }) => severity === 'error')) throw new Problem('business-rule', findings);
  return findings;
}

const noDraft = () =>
  refused(
    'conflict',
    'Only a draft is activated: make the next version of a plan in force with $revise.',
    'Bara ett utkast kan aktiveras.',
    'CarePlan.status',
  );

const alreadyFollowed = () =>
  refused(
    'conflict',
    'The plan that this draft replaces is not in force any more: revise the one that has followed it.',
    'Den tidigare planen har redan ersatts eller avslutats. Gör en ny version av den plan som gäller.',
    'CarePlan.replaces',
  );
