export { passedAt } from './behandlingsplan/completeness.ts';
export { isHiddenFromPatient } from './behandlingsplan/hidden-from-patient.ts';
export {
  type Acknowledgement,
  acknowledgementOf,
  acknowledgementsOf,
  egenKandAv,
} from './behandlingsplan/kand-av.ts';
export {
  type Behandlingsplan,
  headOf,
  isBehandlingsplan,
  partsOf,
  planKey,
  readBehandlingsplan,
} from './behandlingsplan/plan.ts';
export { behandlingsplanRules } from './behandlingsplan/rules.ts';
export {
  activationOf,
  egenSignatur,
  employeeNeeds,
  employeeOf,
  hasSigned,
  type PlanVersion,
  responsibleOf,
  signatureOf,
  signersOf,
} from './behandlingsplan/signatur.ts';
export { type Level, levels, levelText, type Step } from './behandlingsplan/steps.ts';
export { activation, ending, revision } from './behandlingsplan/versions.ts';
export * from './codes.ts';
export * from './contact/contact-now.ts';
export * from './contact/contact-order.ts';
export * from './contact/contact-path.ts';
export { gapInWords, hourInWords } from './contact/contact-words.ts';
export * from './contact/gap.ts';
export { isFastKontakt, isTeam, memberOf } from './fast-kontakt/care-team.ts';
export { type ContactType, contactType, contactTypes } from './fast-kontakt/contact-types.ts';
export { type ContactAt, contactsAt } from './fast-kontakt/contacts-at.ts';
export {
  endingPatch,
  handoverMessage,
  nextContact,
  type Takeover,
  takeoverAt,
} from './fast-kontakt/handover.ts';
export { lakarkontaktDuring, oneLakarkontakt } from './fast-kontakt/one-lakarkontakt.ts';
export { fastKontaktRules } from './fast-kontakt/rules.ts';
export { type Guide, loadGuide } from './guide.ts';
export { labelledAs } from './labelled-as.ts';
export * from './profile-for.ts';
export { type CallQuestion, type Composed, composePlan, whomToCall } from './samordnad-plan/compose.ts';
export { contactFollow, servicesOfUnits } from './samordnad-plan/contact-search.ts';
export { type DocumentOptions, planDocument, sectionSystem } from './samordnad-plan/document.ts';
export { planNarrative } from './samordnad-plan/markup.ts';
export { pagePolicy, planHtml } from './samordnad-plan/page.ts';
export type { PlanForm, SamordnadPlan } from './samordnad-plan/samordnad-plan.ts';
export { type PlanSection, type SectionCode, sectionsOf } from './samordnad-plan/sections.ts';
export * from './sip/elements.ts';
export * from './sip/ground.ts';
export * from './sip/plan.ts';
export * from './sip/process.ts';
export * from './sip/rules.ts';
export * from './to-inera.ts';
