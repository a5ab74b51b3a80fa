import type { CarePlan } from '@medplum/fhirtypes';
import { extensions } from '../codes.ts';
import { extensionOf, extensionsOf } from '../extension-reader.ts';
import { sipExtensions } from '../sip/elements.ts';
import { isHeldAt } from './held-at.ts';
import { type KnownResources, referenceOf } from './known-resources.ts';
import { planKind } from './plan-kind.ts';
import type { FollowUp, PlanForm, PlanInForce } from './samordnad-plan.ts';

/** A head plan and the parts that others write; a part whose head the reader may not see stands by itself. */
export interface ComposedPlan {
  readonly head: CarePlan;
  readonly parts: readonly CarePlan[];
}

/**
 * The plans that are active at an instant, each with its parts (HFD 2017:67: nobody writes in another's record, so reading
 * composes). A part holds as long as its head does: it is left out while the head is a draft, and when that has ended. For
 * the person, a plan that says that it is not to be shown is left out with its parts.
 */
export function plansInForce(known: KnownResources, at: string, form: PlanForm): ComposedPlan[] {
  const active = known.of('CarePlan').filter((plan) => plan.status === 'active' && isHeldAt(plan.period, at));
  const headOf = (plan: CarePlan) =>
    plan.partOf?.map(({ reference }) => known.get(reference)).find((each) => each !== undefined);
  const isShown = (plan: CarePlan | undefined): boolean =>
    form === 'personal' ||
    plan === undefined ||
    extensionOf(plan, extensions.synligForPatient)?.valueBoolean !== false;
  return active
    .filter((plan) => headOf(plan) === undefined && isShown(plan))
    .map((head) => ({
      head,
      parts: active.filter((plan) => plan !== head && headOf(plan) === head && isShown(plan)),
    }));
}

/** What is not to be done (behandlingsbegränsning), by head and parts. */
export const limitsOf = ({ head, parts }: ComposedPlan): string[] =>
  [head, ...parts]
    .flatMap((plan) => extensionsOf(plan, extensions.behandlingsbegransning))
    .flatMap(({ valueString }) => valueString ?? []);

export function planInForce({ head, parts }: ComposedPlan, known: KnownResources): PlanInForce {
  const { code, name } = planKind(head);
  const said = (url: string) => [head, ...parts].flatMap((plan) => extensionsOf(plan, url));
  return {
    reference: referenceOf(head),
    kind: code,
    kindName: name,
    title: head.title ?? name,
    description: head.description ?? null,
    unit: known.unitOf(head.author) ?? known.nameOf(head.author),
    start: head.period?.start ?? head.created ?? null,
    end: head.period?.end ?? null,
    responsible: responsibleFor(head, code, known),
    parts: parts.map((part) => ({
      reference: referenceOf(part),
      title: part.title ?? name,
      unit: known.unitOf(part.author) ?? known.nameOf(part.author),
      unitHsaId: known.unitHsaIdOf(part.author),
    })),
    normal: said(extensions.normalvarde).map((each) => ({
      what: extensionOf(each, 'vad')?.valueString ?? '',
      value: extensionOf(each, 'varde')?.valueString ?? '',
    })),
    limits: [...new Set(limitsOf({ head, parts }))].join(' ') || null,
  };
}

function responsibleFor(
  head: CarePlan,
  kind: string | null,
  known: KnownResources,
): PlanInForce['responsible'] {
  const stated = [
    ['Ansvarig läkare', extensionOf(head, extensions.ansvarigLakare)?.valueReference],
    ['Ansvarig sjuksköterska', extensionOf(head, extensions.ansvarigSjukskoterska)?.valueReference],
    ['Huvudansvarig', extensionOf(head, extensions.huvudansvarig)?.valueReference],
    [kind === 'SIP' ? 'Samordnare' : 'Skriven av', head.author],
  ] as const;
  const named = stated.flatMap(([role, reference]) => {
    const name = known.nameOf(reference);
    return name === null ? [] : [{ role, name }];
  });
  return kind === 'behandlingsplan' && named.length > 1 ? named.slice(0, -1) : named;
}

/** When plans are looked through (`granskas`) and followed up (SIP), the next first. */
export function followUps(plans: readonly ComposedPlan[], known: KnownResources): FollowUp[] {
  const found = plans.flatMap(({ head, parts }) =>
    [head, ...parts].flatMap((plan) => followUpsOf(plan, known)),
  );
  return found.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function followUpsOf(plan: CarePlan, known: KnownResources): FollowUp[] {
  const { name } = planKind(plan);
  const title = plan.title ?? name;
  const reviewed = extensionOf(plan, extensions.granskas)?.valueDate;
  const followed = extensionOf(plan, sipExtensions.uppfoljning);
  const date = extensionOf(followed, 'datum')?.valueDate;
  return [
    ...(reviewed === undefined
      ? []
      : [
          {
            plan: referenceOf(plan),
            date: reviewed,
            text: `${title}: gås igenom`,
            who: known.unitOf(plan.author),
          },
        ]),
    ...(date === undefined
      ? []
      : [
          {
            plan: referenceOf(plan),
            date,
            text: `${title}: uppföljning`,
            who: known.nameOf(extensionOf(followed, 'vem')?.valueReference),
          },
        ]),
  ];
}
