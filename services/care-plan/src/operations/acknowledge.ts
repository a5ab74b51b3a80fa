import type { Communication } from '@medplum/fhirtypes';
import { acknowledgementOf, acknowledgementsOf, labelledAs, planKey } from '@naravard/care';
import {
  answered,
  bad,
  careCommission,
  checkMatch,
  checkScopes,
  type Interaction,
  inputOf,
  referring,
  refused,
  said,
  writeAll,
} from '@naravard/rest';
import { checkHead, checkVersion, lockPlan } from '../behandlingsplan/locked-plan.ts';
import { findAll } from '../found.ts';
import { creation, writingAs } from '../writing.ts';

/**
 * `POST CarePlan/[id]/$acknowledge`: "känd av", that the caller's unit knows the `version` of a behandlingsplan in force which was
 * read, so that those who wrote it see that the night team does. A Communication of the unit's own organisation; saying so
 * again changes nothing.
 */
export const acknowledge: Interaction = {
  name: '$acknowledge',
  method: 'POST',
  route: '/CarePlan/:id/$acknowledge',
  body: ['fhir'],
  matches: true,
  writes: true,
  async handle(engine, call) {
    const commission = careCommission(call.context.actor);
    checkScopes(call.context.actor, 'Communication', 'c');
    const version = inputOf(engine, call, { version: 'integer' }).integer('version');
    if (version === undefined) throw bad('version', 'Give the version that was read.');
    const context = writingAs(call.context, commission);
    const known = await engine.store.transaction(context, async (transaction) => {
      const locked = await lockPlan(transaction, call.id);
      checkHead(locked);
      if (locked.plan.status !== 'active') throw notInForce();
      checkMatch(call, locked.stored.version);
      checkVersion(locked, version);
      const plan = planKey(locked.plan);
      const all = await findAll<Communication>(engine, transaction, 'Communication', [['part-of', plan]]);
      const same = all.find(({ resource }) =>
        acknowledgementsOf(plan, [resource]).some(
          (each) => each.version === version && each.unit === commission.unit,
        ),
      );
      if (same) return same.stored.id;
      const made = acknowledgementOf({ plan, version }, locked.patient, commission, context.at);
      const write = creation(engine, context, { ...made, ...labelledAs(locked.plan) });
      await writeAll(transaction, [write]);
      return write.id;
    });
    return answered(
      referring('communication', `Communication/${known}`),
      said(`Det är antecknat att din enhet känner till version ${version} av planen.`),
    );
  },
};

const notInForce = () =>
  refused(
    'conflict',
    'Only a plan in force is acknowledged: a draft may still change.',
    'Planen gäller inte än, eller inte längre.',
    'CarePlan.status',
  );
