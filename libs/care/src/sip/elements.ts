import { extensions, systems } from '../codes.ts';
import { extensionsOf } from '../extension-reader.ts';

const definition = <Name extends string>(name: Name) =>
  `https://naravard.se/fhir/StructureDefinition/${name}` as const;

/** Extensions of a SIP's head CarePlan, beside `huvudansvarig` and `sip-lage` of ../codes.ts. */
export const sipExtensions = {
  /** 0..1, sub-extensions `datum` date and `vem` Reference: when the plan is followed up, and who does it. */
  uppfoljning: definition('uppfoljning'),
  /** 0..1 Reference: who saw the need (a huvudman, its staff, the person, a relative). */
  initiativ: definition('initiativ'),
  /** 0..*, sub-extensions `vem` Reference 1..1 and `narvarande` boolean (left out until there has been a meeting). */
  deltagare: definition('deltagare'),
  /** 0..1, sub-extensions `orsak` code (one of `sipEndReasons`) and `beskrivning` string; `period.end` says when. */
  avslut: definition('avslut'),
} as const;

/** Codes of Task in `systems.task`: the samordnare's invitation to a unit, and the unit's own answer to it. */
export const sipTasks = {
  inbjudan: { system: systems.task, code: 'sip-inbjudan', display: 'Inbjudan till SIP' },
  svar: { system: systems.task, code: 'sip-svar', display: 'Svar på inbjudan till SIP' },
} as const;

export const sipCategory = {
  system: systems.planType,
  code: 'SIP',
  display: 'Samordnad individuell plan',
} as const;

/** Why a SIP ends, in plain Swedish; `avbojd`: the person or a huvudman declined before anything was decided. */
export const sipEndReasons = {
  'mal-uppnadda': 'Målen är nådda',
  'behov-upphort': 'Behovet av samordning har upphört',
  'samtycke-aterkallat': 'Samtycket är återkallat',
  avbojd: 'SIP avböjdes',
  'ny-plan': 'Ersatt av en ny plan',
  flytt: 'Personen har flyttat',
  avliden: 'Personen har avlidit',
  annat: 'Annan orsak',
} as const;
export type SipEndReason = keyof typeof sipEndReasons;

/** Who answers for an activity: the two huvudmän, and those beside them (HSL 16 kap. 4 §). */
export const huvudmanCodes = ['region', 'kommun', 'annan', 'personen', 'narstaende'] as const;
export type Huvudman = (typeof huvudmanCodes)[number];

export interface Coding {
  readonly system?: string;
  readonly code?: string;
}

export interface Reference {
  readonly reference?: string;
  readonly display?: string;
}

export interface SipExtension {
  readonly url?: string;
  readonly extension?: readonly SipExtension[];
  readonly valueCode?: string;
  readonly valueString?: string;
  readonly valueDate?: string;
  readonly valueBoolean?: boolean;
  readonly valueReference?: Reference;
}

export interface Activity {
  readonly extension?: readonly SipExtension[];
  readonly detail?: { readonly description?: string; readonly performer?: readonly Reference[] };
}

/** What a SIP is read by, of a CarePlan that may lack any of it. */
export interface SipElements {
  readonly meta?: { readonly security?: readonly Coding[] };
  readonly id?: string;
  readonly status?: string;
  readonly description?: string;
  readonly category?: readonly { readonly coding?: readonly Coding[] }[];
  readonly extension?: readonly SipExtension[];
  readonly subject?: Reference;
  readonly author?: Reference;
  readonly partOf?: readonly Reference[];
  readonly addresses?: readonly Reference[];
  readonly goal?: readonly Reference[];
  readonly supportingInfo?: readonly Reference[];
  readonly period?: { readonly start?: string; readonly end?: string };
  readonly activity?: readonly Activity[];
}

/** Whether a CarePlan is a SIP, head or part, by its category. */
export const isSip = (plan: SipElements): boolean =>
  (plan.category ?? []).some(({ coding = [] }) =>
    coding.some(({ system, code }) => system === sipCategory.system && code === sipCategory.code),
  );

/** A SIP that is part of no other CarePlan: the plan of the samordnare's organisation. */
export const isSipHead = (plan: SipElements): boolean => isSip(plan) && !plan.partOf?.length;

export const isSipPart = (plan: SipElements): boolean => isSip(plan) && !isSipHead(plan);

/** Whether a plan is what is acted by now. */
export const isInForce = ({ status }: SipElements): boolean => status === 'active' || status === 'on-hold';

/** The codes of `huvudman` on an activity, known or not. */
export const huvudmanOf = (activity: Activity): readonly string[] =>
  extensionsOf(activity, extensions.huvudman).map(({ valueCode = '' }) => valueCode);

export const isHuvudman = (code: string): code is Huvudman =>
  (huvudmanCodes as readonly string[]).includes(code);
