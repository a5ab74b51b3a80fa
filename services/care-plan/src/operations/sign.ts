import { hasSigned, labelledAs, planKey, signatureOf } from '@naravard/care';
import {
  answered,
  bad,
  careCommission,
  checkMatch,
  checkScopes,
  type Interaction,
  inputOf,
  referring,
  said,
  writeAll,
} from '@naravard/rest';
import { checkKept, checkVersion, lockPlan } from '../behandlingsplan/locked-plan.ts';
import { provenancesOf } from '../behandlingsplan/signatures.ts';
import { creation, writingAs } from '../writing.ts';

/**
 * `POST CarePlan/[id]/$sign` (PDL 2008:355 3 kap 10 §): a member of staff signs the `version` that was read, of a head or part
 * of a behandlingsplan that the own organisation keeps: a Provenance with signature. Signing it again changes nothing; a
 * version that is not the current one is 412. What is changed later is a version that nobody has signed.
 */
export const sign: Interaction = {
  name: '$sign',
  method: 'POST',
  route: '/CarePlan/:id/$sign',
  body: ['fhir'],
  matches: true,
  writes: true,
  async handle(engine, call) {
    const commission = careCommission(call.context.actor);
    checkScopes(call.context.actor, 'Provenance', 'c');
    const version = inputOf(engine, call, { version: 'integer' }).integer('version');
    if (version === undefined) throw bad('version', 'Give the version that was read and is signed.');
    const context = writingAs(call.context, commission);
    const signature = await engine.store.transaction(context, async (transaction) => {
      const locked = await lockPlan(transaction, call.id);
      await checkKept(transaction, locked);
      checkMatch(call, locked.stored.version);
      checkVersion(locked, version);
      const plan = planKey(locked.plan);
      const { employee } = commission;
      const earlier = (await provenancesOf(engine, transaction, [locked.plan])).get(plan) ?? [];
      const same = earlier.find((each) => hasSigned(each, { plan, version }, employee));
      if (same?.id !== undefined) return same.id;
      const made = signatureOf({ plan, version }, locked.patient, commission, context.at);
      const write = creation(engine, context, { ...made, ...labelledAs(locked.plan) });
      await writeAll(transaction, [write]);
      return write.id;
    });
    return answered(
      referring('signature', `Provenance/${signature}`),
      said(`Du har signerat version ${version} av planen.`),
    );
  },
};
