import type { DomainRule, Finding, Writer } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import {
  type Activity,
  huvudmanCodes,
  huvudmanOf,
  isHuvudman,
  isInForce,
  isSip,
  isSipHead,
  isSipPart,
  type SipElements,
} from './elements.ts';
import { law } from './law.ts';

const at = (index: number): string =>
  `CarePlan.activity[${index}].extension.where(url = '${extensions.huvudman}')`;

const activitiesOf = ({ activity = [] }: SipElements): readonly Activity[] => activity;

/** Items 2 and 3 of the statutory contents, of head and parts alike. */
const insatserPerHuvudman: DomainRule = {
  id: 'sip-insatser-per-huvudman',
  citation: law.contents,
  sentence: 'every activity of a decided SIP says who answers for it: region, kommun or somebody else',
  sv: 'För varje insats ska det stå vem som ansvarar: region, kommun eller någon annan.',
  check({ resource }) {
    const plan: SipElements = resource;
    if (!isSip(plan) || !isInForce(plan)) return [];
    return activitiesOf(plan).flatMap((activity, index): Finding[] => {
      const codes = huvudmanOf(activity);
      if (codes.length === 1 && codes.every(isHuvudman)) return [];
      const diagnostics = `Give the extension huvudman exactly once, as valueCode: ${huvudmanCodes.join(', ')}.`;
      return [{ severity: 'error', expression: at(index), diagnostics }];
    });
  },
};

/**
 * That a vårdgivare is a region or a kommun its token does not say (an HSA-id says nothing of that), so a part of a vårdgivare
 * holds to one of the two; an omsorgsgivare works for the kommun.
 */
const egenDel: DomainRule = {
  id: 'sip-egen-del',
  citation: law.record,
  sentence:
    "each organisation writes its own part, with the insatser that its own huvudman answers for; the head holds what others than region and kommun do; nobody writes in another's record",
  sv: 'Var och en skriver bara sina egna insatser. Det som andra än region och kommun gör står i den gemensamma planen.',
  check({ resource, writer }) {
    const plan: SipElements = resource;
    if (isSipHead(plan)) return misplaced(plan, notInHead);
    return isSipPart(plan) ? [...misplaced(plan, notInPart(writer)), ...mixed(plan)] : [];
  },
};

/** What is wrong with an activity's huvudman, or undefined. */
type Judge = (huvudman: string) => string | undefined;

const misplaced = (plan: SipElements, judge: Judge): Finding[] =>
  activitiesOf(plan).flatMap((activity, index) =>
    huvudmanOf(activity).flatMap((code): Finding[] => {
      const diagnostics = judge(code);
      return diagnostics === undefined ? [] : [{ severity: 'error', expression: at(index), diagnostics }];
    }),
  );

const ofBoth: readonly string[] = ['region', 'kommun'];

const notInHead: Judge = (code) =>
  ofBoth.includes(code)
    ? 'The head holds activities of annan, personen and narstaende only: what region or kommun does stands in a part of its own, a CarePlan with partOf this one.'
    : undefined;

const notInPart =
  ({ as }: Writer): Judge =>
  (code) => {
    if (isHuvudman(code) && !ofBoth.includes(code)) {
      return 'A part holds what its own huvudman answers for: ask the samordnare to write this in the head.';
    }
    if (as === 'omsorgsgivare' && code === 'region') {
      return 'Socialtjänst answers for insatser of kommun: the region writes its own part.';
    }
    return undefined;
  };

function mixed(plan: SipElements): Finding[] {
  const codes = activitiesOf(plan).map((activity) => huvudmanOf(activity)[0]);
  const [first] = codes.filter((code) => code !== undefined && ofBoth.includes(code));
  const other = codes.findIndex((code) => code !== undefined && ofBoth.includes(code) && code !== first);
  if (other < 0) return [];
  const diagnostics = `The part began with insatser of ${first}, and one part is of one huvudman: leave the other's to its own part.`;
  return [{ severity: 'error', expression: at(other), diagnostics }];
}

/** What a part is part of, where the writer sees it: who may not read the head still writes the own part. */
const delAvHuvud: DomainRule = {
  id: 'sip-del-av-huvud',
  citation: law.contents,
  sentence: 'a part of a SIP is part of one head, about the same person',
  sv: 'En del av en SIP ska höra till en gemensam plan för samma person.',
  needs: ({ resource }) => (isSipPart(resource) ? headsOf(resource) : []),
  check({ resource }, found) {
    const plan: SipElements = resource;
    if (!isSipPart(plan) || plan.status === 'entered-in-error') return [];
    const heads = headsOf(plan);
    const seen = heads.map((each) => found(each) as SipElements | undefined);
    const fits = seen.every(
      (head) => !head || (isSipHead(head) && head.subject?.reference === plan.subject?.reference),
    );
    if (heads.length === 1 && fits) return [];
    return [
      {
        severity: 'error',
        expression: 'CarePlan.partOf',
        diagnostics:
          'Refer in partOf to one CarePlan/id: the head of this SIP, which is about the same patient and is itself part of none.',
      },
    ];
  },
};

const headsOf = ({ partOf = [] }: SipElements): string[] =>
  partOf.flatMap(({ reference = '' }) => /^CarePlan\/[^/]+/.exec(reference)?.[0] ?? []);

/** Rules of activities and parts. */
export const activityRules: readonly DomainRule[] = [insatserPerHuvudman, egenDel, delAvHuvud];
