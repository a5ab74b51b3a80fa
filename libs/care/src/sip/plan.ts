import { extensions } from '../codes.ts';
import { extensionOf, extensionsOf } from '../extension-reader.ts';
import {
  huvudmanOf,
  type Reference,
  type SipElements,
  type SipExtension,
  sipExtensions,
} from './elements.ts';
import { type SipLage, sipLageOf } from './process.ts';

/** One activity of a SIP, whoever's part it stands in. */
export interface SipInsats {
  /** Id of the CarePlan that it stands in. */
  readonly plan: string;
  /** Code of huvudman, `''` where the activity does not say. */
  readonly huvudman: string;
  readonly vad: string;
  readonly vem: readonly Reference[];
}

/** A SIP as head and parts make it together; references and texts as they were written. */
export interface SipPlan {
  readonly id: string;
  readonly lage: SipLage;
  /** "Vad är viktigt för dig." */
  readonly viktigt: string | null;
  readonly mal: readonly Reference[];
  readonly initiativ: Reference | null;
  readonly samordnare: Reference | null;
  readonly huvudansvarig: Reference | null;
  readonly deltagare: readonly { readonly vem: Reference; readonly narvarande: boolean | null }[];
  /** Date as YYYY-MM-DD. */
  readonly uppfoljning: { readonly datum: string | null; readonly vem: Reference | null } | null;
  readonly avslut: { readonly orsak: string; readonly beskrivning: string | null } | null;
  readonly insatser: readonly SipInsats[];
}

/**
 * Composes a SIP of its head and those of the parts that the reader may see; a part that is hidden is simply not there.
 * @param parts CarePlans with partOf the head; what was entered in error, or revoked, is left out
 */
export function sipPlanOf(head: SipElements, parts: readonly SipElements[]): SipPlan {
  const first = (url: string): SipExtension | undefined => extensionOf(head, url);
  const standing = parts.filter(({ status }) => status !== 'entered-in-error' && status !== 'revoked');
  return {
    id: head.id ?? '',
    lage: sipLageOf(head),
    viktigt: head.description ?? null,
    mal: head.goal ?? [],
    initiativ: first(sipExtensions.initiativ)?.valueReference ?? null,
    samordnare: head.author ?? null,
    huvudansvarig: first(extensions.huvudansvarig)?.valueReference ?? null,
    deltagare: extensionsOf(head, sipExtensions.deltagare).flatMap(participantOf),
    uppfoljning: followUpOf(first(sipExtensions.uppfoljning)),
    avslut: endOf(first(sipExtensions.avslut)),
    insatser: [head, ...standing].flatMap(insatserOf),
  };
}

function participantOf(extension: SipExtension): SipPlan['deltagare'] {
  const vem = extensionOf(extension, 'vem')?.valueReference;
  return vem ? [{ vem, narvarande: extensionOf(extension, 'narvarande')?.valueBoolean ?? null }] : [];
}

const followUpOf = (extension: SipExtension | undefined): SipPlan['uppfoljning'] =>
  extension
    ? {
        datum: extensionOf(extension, 'datum')?.valueDate ?? null,
        vem: extensionOf(extension, 'vem')?.valueReference ?? null,
      }
    : null;

const endOf = (extension: SipExtension | undefined): SipPlan['avslut'] =>
  extension
    ? {
        orsak: extensionOf(extension, 'orsak')?.valueCode ?? '',
        beskrivning: extensionOf(extension, 'beskrivning')?.valueString ?? null,
      }
    : null;

const insatserOf = (plan: SipElements): SipInsats[] =>
  (plan.activity ?? []).map((activity) => ({
    plan: plan.id ?? '',
    huvudman: huvudmanOf(activity)[0] ?? '',
    vad: activity.detail?.description ?? '',
    vem: activity.detail?.performer ?? [],
  }));

/** Whether the parts of a SIP say what at least one of region and kommun answers for (item 2 of the statutory contents). */
export const saysWhoDoes = ({ insatser }: SipPlan): boolean =>
  insatser.some(({ huvudman }) => huvudman === 'region' || huvudman === 'kommun');
