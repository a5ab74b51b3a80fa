export { passedAt } from './behandlingsplan/completeness.ts';
export {
  type Acknowledgement,
  acknowledgementOf,
  acknowledgementsOf,
  egenKandAv,
} from './behandlingsplan/kand-av.ts';
export { headOf, isBehandlingsplan, partsOf, planKey, readBehandlingsplan } from './behandlingsplan/plan.ts';
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
export type { Level } from './behandlingsplan/steps.ts';
export { activation, ending, revision } from './behandlingsplan/versions.ts';
export * from './codes.ts';
export { type Contact, type ContactNow, vardguiden } from './contact/contact-now.ts';
export { type Need, needs } from './contact/contact-order.ts';
export type { Audience } from './contact/contact-path.ts';
export { gapInWords, hourInWords } from './contact/contact-words.ts';
export { egenPlandel } from './egen-plandel.ts';
export { extensionsOf } from './extension-reader.ts';
export { isFastKontakt, memberOf } from './fast-kontakt/care-team.ts';
export { contactType } from './fast-kontakt/contact-types.ts';
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
export { loadGuide } from './guide.ts';
export { labelledAs } from './labelled-as.ts';
export { profileFor } from './profile-for.ts';
export { type CompactPlan, compactPlan } from './samordnad-plan/compact-plan.ts';
export { composePlan, whomToCall } from './samordnad-plan/compose.ts';
export { contactFollow, servicesOfUnits } from './samordnad-plan/contact-search.ts';
export { planDocument } from './samordnad-plan/document.ts';
export { utfordAktivitet } from './samordnad-plan/done.ts';
export { egetMeddelande } from './samordnad-plan/eget-meddelande.ts';
export { measuredCodes } from './samordnad-plan/measurements.ts';
export { noteKinds } from './samordnad-plan/notes.ts';
export { pagePolicy, planHtml } from './samordnad-plan/page.ts';
export { planSchema } from './samordnad-plan/plan-schema.ts';
export type { PlanForm, SamordnadPlan } from './samordnad-plan/samordnad-plan.ts';
export { sectionsOf } from './samordnad-plan/sections.ts';
export {
  type Huvudman,
  isSipHead,
  type SipElements,
  type SipEndReason,
  type SipExtension,
  sipCategory,
  sipEndReasons,
  sipExtensions,
  sipTasks,
} from './sip/elements.ts';
export { type SipGround, sipGround } from './sip/ground.ts';
export { saysWhoDoes, sipPlanOf } from './sip/plan.ts';
export {
  endedSipStatus,
  lageInWords,
  nextLage,
  type SipEvent,
  type SipLage,
  sipLageOf,
} from './sip/process.ts';
export { sipRules } from './sip/rules.ts';
export { toInera } from './to-inera.ts';
