const own = 'https://naravard.se/fhir';
const codeSystem = (name: string): string => `${own}/CodeSystem/${name}`;

/** Code systems, all but the last two our own, by which resources state facts. */
export const systems = {
  /** Type of an EpisodeOfCare that is a relation to the patient and no care: `relationCodes`. */
  relation: codeSystem('relation'),
  /** Type of an EpisodeOfCare: the codes of GetCareServices (clinicalprocess:logistics:logistics). */
  insats: codeSystem('insats'),
  /** Category of a Consent: `consentCodes`. */
  consent: codeSystem('consent'),
  /** Role of an actor in the provision of a Consent: `actorCodes`. */
  consentActor: codeSystem('consent-actor'),
  /** What a spärr can spare, as Inera's blocking 4.0 has it: `informationTypeCodes`. */
  informationType: codeSystem('information-type'),
  /** Why a spärr is lifted, in `policyRule`: `liftGroundCodes`. */
  liftGround: codeSystem('lift-ground'),
  /** What an OrganizationAffiliation is about: `svod`. */
  network: codeSystem('network'),
  /** In which role a legal actor takes part: `legalActorCodes`. */
  legalActor: codeSystem('legal-actor'),
  /** Relationship of a RelatedPerson: `representativeCodes`. */
  representative: codeSystem('representative'),
  /** Identifier of a person who acts for another, as the `sub` of a guardian's token: never a personnummer. */
  person: `${own}/person`,
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  resourceTypes: 'http://hl7.org/fhir/resource-types',
} as const;

/** Displays by code. */
export const relationCodes = {
  need: 'Behov av uppgifterna för arbetet',
  utredning: 'Utredning om insatser',
} as const;

export const insatsCodes = {
  HSJV: 'Hemsjukvård',
  HTJ: 'Hemtjänst',
  LSS: 'Insatser enligt LSS',
  SVTJ: 'SVTJ',
  SÄBO: 'Särskilt boende',
} as const;

export const consentCodes = {
  'svod-samtycke': 'Samtycke till sammanhållen vård- och omsorgsdokumentation',
  'sip-samtycke': 'Samtycke till samordnad individuell plan',
  'sparr-inre': 'Inre spärr',
  'sparr-yttre': 'Yttre spärr',
  'sparr-havning': 'Hävning av spärr',
  nodoppning: 'Nödöppning',
  'saknar-beslutsformaga': 'Kan varaktigt inte ta ställning',
  'barn-kan-inte-samtycka': 'Barn som inte kan samtycka',
  information: 'Information om sammanhållen vård- och omsorgsdokumentation är lämnad',
  'tidigare-tillgang': 'Tidigare tillgång för den unga',
  'forlangd-tillgang': 'Förlängd tillgång för vårdnadshavare',
} as const;
export type ConsentCode = keyof typeof consentCodes;

export const actorCodes = {
  organisation: 'Hela vårdgivaren eller omsorgsgivaren',
  enhet: 'Enhet',
  medarbetare: 'Medarbetare',
  informationsenhet: 'Enhet vars uppgifter det gäller',
} as const;
export type ActorCode = keyof typeof actorCodes;

export const informationTypeCodes = { lak: 'Läkemedel', upp: 'Uppmärksamhetsinformation' } as const;
export type InformationTypeCode = keyof typeof informationTypeCodes;

export const liftGroundCodes = {
  consent: 'Patientens samtycke',
  blocker: 'Spärrande vårdgivare har hävt på begäran',
  indispensable: 'Oundgängligen nödvändigt för vården',
} as const;

export const networkCodes = { svod: 'Sammanhållen vård- och omsorgsdokumentation' } as const;

export const legalActorCodes = { vardgivare: 'Vårdgivare', omsorgsgivare: 'Omsorgsgivare' } as const;

export const representativeCodes = { vardnadshavare: 'Vårdnadshavare', ombud: 'Ombud' } as const;

const definition = (name: string): string => `${own}/StructureDefinition/${name}`;

/** How a person has answered; silence is no answer. */
export const formCodes = { muntligt: 'Muntligt', skriftligt: 'Skriftligt' } as const;

/** Extensions of a Consent; each has one value: a boolean, save the reason (a string) and the form (a code). */
export const extensions = {
  /** SVOD 3 kap. 3-4 §§: the person's attitude has been explored as far as possible. */
  attitudeExplored: definition('installning-klarlagd'),
  /** SVOD 3 kap. 3-4 §§: there is no reason to think that the person would oppose. */
  noReasonToThinkOpposed: definition('inget-tyder-pa-motvilja'),
  /** SVOD 3 kap. 6 §: danger to life or serious risk to health is stated. */
  dangerStated: definition('nodoppning-fara'),
  emergencyReason: definition('nodoppning-skal'),
  /** The opener attests the patientrelation. */
  relationAttested: definition('nodoppning-patientrelation-intygad'),
  /** One of `formCodes`. */
  form: definition('samtycke-form'),
} as const;
