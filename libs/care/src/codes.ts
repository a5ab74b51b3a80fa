import { audienceExtension } from '@naravard/fhir';

/** Base of the code systems and extensions that naravard defines itself. */
const own = 'https://naravard.se/fhir';
const kodverk = 'https://terminologitjansten.inera.se/inera-kodverksforvaltning/kodverk';

/** Code systems of care and planning; docs/glossary.md tells what they are for. */
export const systems = {
  /** Inera CareTeam IG 0.9. */
  careTeamType: 'https://fhir.inera.se/ig/careteam/CodeSystem/typ-av-careteam-cs',
  /** 1.2.752.129.5.1.69: 1 fast vårdkontakt, 2 fast läkarkontakt, 3 fast omsorgskontakt, 4 with co-ordination. */
  fastKontakt: `${kodverk}/kv_typ_av_fast_kontakt`,
  vardkontaktTyp: `${kodverk}/kv_vardkontakttyp`,
  /** SIP, SPLPTLRV, SPU, VP, HP, RP, GP, SVP. */
  planType: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs',
  /** behandlingsplan, which Inera's list does not have. */
  ownPlanType: `${own}/CodeSystem/plantyp`,
  ownVardkontakt: `${own}/CodeSystem/vardkontakt`,
  task: `${own}/CodeSystem/uppgift`,
  communication: `${own}/CodeSystem/communication`,
  /** Of a Flag: what who comes to the person has to know first. */
  uppmarksamhet: `${own}/CodeSystem/uppmarksamhet`,
} as const;

const extension = <Name extends string>(name: Name) => `${own}/StructureDefinition/${name}` as const;

/** Extensions by what they hold; libs/care/guide defines them. */
export const extensions = {
  /** On ContactPoint: `daysOfWeek` 1..*, `allDay` or `startTime` and `endTime`, `redDays` (open | closed, on public holidays and their eves). */
  tillganglighet: extension('tillganglighet'),
  /** On ContactPoint, 0..*: code patient, narstaende, personal; none = all three. */
  malgrupp: audienceExtension,
  /** On ContactPoint: date when somebody last tried it. */
  senastKontrollerat: extension('senast-kontrollerat'),
  /** On Address: string, how to get in: portkod and key. */
  tilltrade: extension('tilltrade'),
  /** On CareTeam: string, what this contact is there for, in a sentence to the patient. */
  uppdrag: extension('uppdrag'),
  /** On RelatedPerson: boolean, may be called at night. */
  farVackas: extension('far-vackas'),
  /** On CareTeam: Reference(CareTeam) that this one takes over from. */
  ersatter: extension('ersatter'),
  /** On CareTeam.participant, Inera: Reference(CareTeam). */
  viaTeam: 'https://fhir.inera.se/ig/careteam/StructureDefinition/riv-contact-via-team-extension',
  /** On CarePlan.activity: what to do when the patient gets worse; sub-extensions below. */
  forsamring: extension('forsamring'),
  /** On CarePlan, 0..*: `vad` string, `varde` string: the patient's own normal values. */
  normalvarde: extension('normalvarde'),
  /** On CarePlan: string, what is not to be done (behandlingsbegränsning), so that the red step need not be 112. */
  behandlingsbegransning: extension('behandlingsbegransning'),
  /** On CarePlan: date by which it is looked through. */
  granskas: extension('granskas'),
  /** On CarePlan: boolean. */
  synligForPatient: extension('synlig-for-patient'),
  /** On CarePlan: Reference(PractitionerRole), the responsible doctor and nurse. */
  ansvarigLakare: extension('ansvarig-lakare'),
  ansvarigSjukskoterska: extension('ansvarig-sjukskoterska'),
  /** On CarePlan, 1..*: Reference(CareTeam | HealthcareService) that answers; together they cover every hour. */
  kontaktvag: extension('kontaktvag'),
  /** On CarePlan.activity: code region, kommun, annan, personen, narstaende. */
  huvudman: extension('huvudman'),
  /** On CarePlan (SIP): Reference(Organization), who answers for the whole. */
  huvudansvarig: extension('huvudansvarig'),
  /** On CarePlan (SIP): code, where the process stands. */
  sipLage: extension('sip-lage'),
} as const;

/** Sub-extensions of `forsamring`. */
export const forsamring = {
  /** Code: gor-sjalv, ring-idag, ring-nu. */
  niva: 'niva',
  /** String, 1..1: the sign, in plain Swedish. */
  tecken: 'tecken',
  /** String: threshold, for example "+2 kg på 3 dagar". */
  troskel: 'troskel',
  /** String: what the patient can do before calling. */
  forst: 'forst',
  /** Reference(CareTeam | HealthcareService): whom to call. */
  kontakt: 'kontakt',
  /** Boolean: the step is to call 112. */
  larm112: 'larm112',
  /** Reference(MedicationRequest) or Identifier: the ordination vid behov that the step points to; never a dose in words. */
  ordination: 'ordination',
} as const;
