import { headOf, revision } from '@naravard/care';
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
import { checkKept, lockPlan } from '../behandlingsplan/locked-plan.ts';
import { creation, writingAs } from '../writing.ts';

/**
 * `POST CarePlan/[id]/$revise`: a new draft that replaces a behandlingsplan in force, as a copy of it; the former stays in force
 * until the draft is activated. A part is copied for a new head, `head`, by its own organisation: nobody writes in another's
 * record (HFD 2017:67).
 */
export const revise: Interaction = {
  name: '$revise',
  method: 'POST',
  route: '/CarePlan/:id/$revise',
  body: ['fhir'],
  matches: true,
  writes: true,
  async handle(engine, call) {
    const commission = careCommission(call.context.actor);
    checkScopes(call.context.actor, 'CarePlan', 'c');
    const head = inputOf(engine, call, { head: 'reference' }).idOf('head', 'CarePlan');
    const context = writingAs(call.context, commission);
    const draft = await engine.store.transaction(context, async (transaction) => {
      const locked = await lockPlan(transaction, call.id);
      await checkKept(transaction, locked);
      checkMatch(call, locked.stored.version);
      const { plan } = locked;
      if (plan.status !== 'active') throw notInForce();
      if ((headOf(plan) === undefined) !== (head === undefined)) throw headOfParts();
      const made = revision(plan, context.at, head === undefined ? undefined : `CarePlan/${head}`);
      const write = creation(engine, context, { ...made });
      await writeAll(transaction, [write]);
      return write.id;
    });
    return answered(
      referring('draft', `CarePlan/${draft}`),
      said('Ett utkast är skapat. Den nuvarande planen gäller tills den nya aktiveras.'),
    );
  },
};

const notInForce = () =>
  refused(
    'conflict',
    'Only a plan in force is revised: change a draft as it is, and revise the plan that has followed one that ended.',
    'Bara en plan som gäller kan få en ny version.',
    'CarePlan.status',
  );

const headOfParts = () =>
  bad('head', 'Give head for a part, and for nothing else: the new CarePlan that the copy is a part of.');
