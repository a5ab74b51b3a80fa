// Made from openapi/naravard.json by `npm run web-types`; not to be edited.

export interface Address {
  id?: string;
  extension?: Extension[];
  use?: 'home' | 'work' | 'temp' | 'old' | 'billing';
  type?: 'postal' | 'physical' | 'both';
  text?: string;
  line?: string[];
  city?: string;
  district?: string;
  state?: string;
  postalCode?: string;
  country?: string;
  period?: Period;
}

export interface Age {
  id?: string;
  extension?: Extension[];
  value?: number;
  comparator?: '<' | '<=' | '>=' | '>';
  unit?: string;
  system?: string;
  code?: string;
}

export interface Annotation {
  id?: string;
  extension?: Extension[];
  authorReference?: Reference;
  authorString?: string;
  time?: string;
  text: string;
}

export interface Attachment {
  id?: string;
  extension?: Extension[];
  contentType?: string;
  language?: string;
  data?: string;
  url?: string;
  size?: number;
  hash?: string;
  title?: string;
  creation?: string;
}

export interface Bundle {
  resourceType: 'Bundle';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  identifier?: Identifier;
  type: 'document' | 'message' | 'transaction' | 'transaction-response' | 'batch' | 'batch-response' | 'history' | 'searchset' | 'collection';
  timestamp?: string;
  total?: number;
  link?: BundleLink[];
  entry?: BundleEntry[];
  signature?: Signature;
}

export interface BundleEntry {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  link?: BundleLink[];
  fullUrl?: string;
  resource?: Resource;
  search?: BundleEntrySearch;
  request?: BundleEntryRequest;
  response?: BundleEntryResponse;
}

export interface BundleEntryRequest {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  url: string;
  ifNoneMatch?: string;
  ifModifiedSince?: string;
  ifMatch?: string;
  ifNoneExist?: string;
}

export interface BundleEntryResponse {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  status: string;
  location?: string;
  etag?: string;
  lastModified?: string;
  outcome?: Resource;
}

export interface BundleEntrySearch {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  mode?: 'match' | 'include' | 'outcome';
  score?: number;
}

export interface BundleLink {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  relation: string;
  url: string;
}

export interface CarePlan {
  resourceType: 'CarePlan';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  instantiatesCanonical?: string[];
  instantiatesUri?: string[];
  basedOn?: Reference[];
  replaces?: Reference[];
  partOf?: Reference[];
  status: 'draft' | 'active' | 'on-hold' | 'revoked' | 'completed' | 'entered-in-error' | 'unknown';
  intent: 'proposal' | 'plan' | 'order' | 'option';
  category?: CodeableConcept[];
  title?: string;
  description?: string;
  subject: Reference;
  encounter?: Reference;
  period?: Period;
  created?: string;
  author?: Reference;
  contributor?: Reference[];
  careTeam?: Reference[];
  addresses?: Reference[];
  supportingInfo?: Reference[];
  goal?: Reference[];
  activity?: CarePlanActivity[];
  note?: Annotation[];
}

export interface CarePlanActivity {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  outcomeCodeableConcept?: CodeableConcept[];
  outcomeReference?: Reference[];
  progress?: Annotation[];
  reference?: Reference;
  detail?: CarePlanActivityDetail;
}

export interface CarePlanActivityDetail {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  kind?: 'Appointment' | 'CommunicationRequest' | 'DeviceRequest' | 'MedicationRequest' | 'NutritionOrder' | 'Task' | 'ServiceRequest' | 'VisionPrescription';
  instantiatesCanonical?: string[];
  instantiatesUri?: string[];
  code?: CodeableConcept;
  reasonCode?: CodeableConcept[];
  reasonReference?: Reference[];
  goal?: Reference[];
  status: 'not-started' | 'scheduled' | 'in-progress' | 'on-hold' | 'completed' | 'cancelled' | 'stopped' | 'unknown' | 'entered-in-error';
  statusReason?: CodeableConcept;
  doNotPerform?: boolean;
  scheduledTiming?: Timing;
  scheduledPeriod?: Period;
  scheduledString?: string;
  location?: Reference;
  performer?: Reference[];
  productCodeableConcept?: CodeableConcept;
  productReference?: Reference;
  dailyAmount?: Quantity;
  quantity?: Quantity;
  description?: string;
}

export interface CareTeam {
  resourceType: 'CareTeam';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  status?: 'proposed' | 'active' | 'suspended' | 'inactive' | 'entered-in-error';
  category?: CodeableConcept[];
  name?: string;
  subject?: Reference;
  encounter?: Reference;
  period?: Period;
  participant?: CareTeamParticipant[];
  reasonCode?: CodeableConcept[];
  reasonReference?: Reference[];
  managingOrganization?: Reference[];
  telecom?: ContactPoint[];
  note?: Annotation[];
}

export interface CareTeamParticipant {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  role?: CodeableConcept[];
  member?: Reference;
  onBehalfOf?: Reference;
  period?: Period;
}

export interface CodeableConcept {
  id?: string;
  extension?: Extension[];
  coding?: Coding[];
  text?: string;
}

export interface Coding {
  id?: string;
  extension?: Extension[];
  system?: string;
  version?: string;
  code?: string;
  display?: string;
  userSelected?: boolean;
}

export interface Communication {
  resourceType: 'Communication';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  instantiatesCanonical?: string[];
  instantiatesUri?: string[];
  basedOn?: Reference[];
  partOf?: Reference[];
  inResponseTo?: Reference[];
  status: 'preparation' | 'in-progress' | 'not-done' | 'on-hold' | 'stopped' | 'completed' | 'entered-in-error' | 'unknown';
  statusReason?: CodeableConcept;
  category?: CodeableConcept[];
  priority?: 'routine' | 'urgent' | 'asap' | 'stat';
  medium?: CodeableConcept[];
  subject?: Reference;
  topic?: CodeableConcept;
  about?: Reference[];
  encounter?: Reference;
  sent?: string;
  received?: string;
  recipient?: Reference[];
  sender?: Reference;
  reasonCode?: CodeableConcept[];
  reasonReference?: Reference[];
  payload?: CommunicationPayload[];
  note?: Annotation[];
}

export interface CommunicationPayload {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  contentString?: string;
  contentAttachment?: Attachment;
  contentReference?: Reference;
}

export interface Consent {
  resourceType: 'Consent';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  status: 'draft' | 'proposed' | 'active' | 'rejected' | 'inactive' | 'entered-in-error';
  scope: CodeableConcept;
  category: CodeableConcept[];
  patient?: Reference;
  dateTime?: string;
  performer?: Reference[];
  organization?: Reference[];
  sourceAttachment?: Attachment;
  sourceReference?: Reference;
  policy?: ConsentPolicy[];
  policyRule?: CodeableConcept;
  verification?: ConsentVerification[];
  provision?: ConsentProvision;
}

export interface ConsentPolicy {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  authority?: string;
  uri?: string;
}

export interface ConsentProvision {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  type?: 'deny' | 'permit';
  period?: Period;
  actor?: ConsentProvisionActor[];
  action?: CodeableConcept[];
  securityLabel?: Coding[];
  purpose?: Coding[];
  class?: Coding[];
  code?: CodeableConcept[];
  dataPeriod?: Period;
  data?: ConsentProvisionData[];
  provision?: ConsentProvision[];
}

export interface ConsentProvisionActor {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  role: CodeableConcept;
  reference: Reference;
}

export interface ConsentProvisionData {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  meaning: 'instance' | 'related' | 'dependents' | 'authoredby';
  reference: Reference;
}

export interface ConsentVerification {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  verified: boolean;
  verifiedWith?: Reference;
  verificationDate?: string;
}

export interface ContactDetail {
  id?: string;
  extension?: Extension[];
  name?: string;
  telecom?: ContactPoint[];
}

export interface ContactPoint {
  id?: string;
  extension?: Extension[];
  system?: 'phone' | 'fax' | 'email' | 'pager' | 'url' | 'sms' | 'other';
  value?: string;
  use?: 'home' | 'work' | 'temp' | 'old' | 'mobile';
  rank?: number;
  period?: Period;
}

export interface Contributor {
  id?: string;
  extension?: Extension[];
  type: 'author' | 'editor' | 'reviewer' | 'endorser';
  name: string;
  contact?: ContactDetail[];
}

export interface Count {
  id?: string;
  extension?: Extension[];
  value?: number;
  comparator?: '<' | '<=' | '>=' | '>';
  unit?: string;
  system?: string;
  code?: string;
}

export interface DataRequirement {
  id?: string;
  extension?: Extension[];
  type: string;
  profile?: string[];
  subjectCodeableConcept?: CodeableConcept;
  subjectReference?: Reference;
  mustSupport?: string[];
  codeFilter?: DataRequirementCodeFilter[];
  dateFilter?: DataRequirementDateFilter[];
  limit?: number;
  sort?: DataRequirementSort[];
}

export interface DataRequirementCodeFilter {
  id?: string;
  extension?: Extension[];
  path?: string;
  searchParam?: string;
  valueSet?: string;
  code?: Coding[];
}

export interface DataRequirementDateFilter {
  id?: string;
  extension?: Extension[];
  path?: string;
  searchParam?: string;
  valueDateTime?: string;
  valuePeriod?: Period;
  valueDuration?: Duration;
}

export interface DataRequirementSort {
  id?: string;
  extension?: Extension[];
  path: string;
  direction: 'ascending' | 'descending';
}

export interface Distance {
  id?: string;
  extension?: Extension[];
  value?: number;
  comparator?: '<' | '<=' | '>=' | '>';
  unit?: string;
  system?: string;
  code?: string;
}

export interface Dosage {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  sequence?: number;
  text?: string;
  additionalInstruction?: CodeableConcept[];
  patientInstruction?: string;
  timing?: Timing;
  asNeededBoolean?: boolean;
  asNeededCodeableConcept?: CodeableConcept;
  site?: CodeableConcept;
  route?: CodeableConcept;
  method?: CodeableConcept;
  doseAndRate?: DosageDoseAndRate[];
  maxDosePerPeriod?: Ratio;
  maxDosePerAdministration?: Quantity;
  maxDosePerLifetime?: Quantity;
}

export interface DosageDoseAndRate {
  id?: string;
  extension?: Extension[];
  type?: CodeableConcept;
  doseRange?: Range;
  doseQuantity?: Quantity;
  rateRatio?: Ratio;
  rateRange?: Range;
  rateQuantity?: Quantity;
}

export interface Duration {
  id?: string;
  extension?: Extension[];
  value?: number;
  comparator?: '<' | '<=' | '>=' | '>';
  unit?: string;
  system?: string;
  code?: string;
}

export interface Encounter {
  resourceType: 'Encounter';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  status: 'planned' | 'arrived' | 'triaged' | 'in-progress' | 'onleave' | 'finished' | 'cancelled' | 'entered-in-error' | 'unknown';
  statusHistory?: EncounterStatusHistory[];
  class: Coding;
  classHistory?: EncounterClassHistory[];
  type?: CodeableConcept[];
  serviceType?: CodeableConcept;
  priority?: CodeableConcept;
  subject?: Reference;
  episodeOfCare?: Reference[];
  basedOn?: Reference[];
  participant?: EncounterParticipant[];
  appointment?: Reference[];
  period?: Period;
  length?: Duration;
  reasonCode?: CodeableConcept[];
  reasonReference?: Reference[];
  diagnosis?: EncounterDiagnosis[];
  account?: Reference[];
  hospitalization?: EncounterHospitalization;
  location?: EncounterLocation[];
  serviceProvider?: Reference;
  partOf?: Reference;
}

export interface EncounterClassHistory {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  class: Coding;
  period: Period;
}

export interface EncounterDiagnosis {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  condition: Reference;
  use?: CodeableConcept;
  rank?: number;
}

export interface EncounterHospitalization {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  preAdmissionIdentifier?: Identifier;
  origin?: Reference;
  admitSource?: CodeableConcept;
  reAdmission?: CodeableConcept;
  dietPreference?: CodeableConcept[];
  specialCourtesy?: CodeableConcept[];
  specialArrangement?: CodeableConcept[];
  destination?: Reference;
  dischargeDisposition?: CodeableConcept;
}

export interface EncounterLocation {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  location: Reference;
  status?: 'planned' | 'active' | 'reserved' | 'completed';
  physicalType?: CodeableConcept;
  period?: Period;
}

export interface EncounterParticipant {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  type?: CodeableConcept[];
  period?: Period;
  individual?: Reference;
}

export interface EncounterStatusHistory {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  status: 'planned' | 'arrived' | 'triaged' | 'in-progress' | 'onleave' | 'finished' | 'cancelled' | 'entered-in-error' | 'unknown';
  period: Period;
}

export interface Expression {
  id?: string;
  extension?: Extension[];
  description?: string;
  name?: string;
  language: string;
  expression?: string;
  reference?: string;
}

export interface Extension {
  id?: string;
  extension?: Extension[];
  url: string;
  valueBase64Binary?: string;
  valueBoolean?: boolean;
  valueCanonical?: string;
  valueCode?: string;
  valueDate?: string;
  valueDateTime?: string;
  valueDecimal?: number;
  valueId?: string;
  valueInstant?: string;
  valueInteger?: number;
  valueMarkdown?: string;
  valueOid?: string;
  valuePositiveInt?: number;
  valueString?: string;
  valueTime?: string;
  valueUnsignedInt?: number;
  valueUri?: string;
  valueUrl?: string;
  valueUuid?: string;
  valueAddress?: Address;
  valueAge?: Age;
  valueAnnotation?: Annotation;
  valueAttachment?: Attachment;
  valueCodeableConcept?: CodeableConcept;
  valueCoding?: Coding;
  valueContactPoint?: ContactPoint;
  valueCount?: Count;
  valueDistance?: Distance;
  valueDuration?: Duration;
  valueHumanName?: HumanName;
  valueIdentifier?: Identifier;
  valueMoney?: Money;
  valuePeriod?: Period;
  valueQuantity?: Quantity;
  valueRange?: Range;
  valueRatio?: Ratio;
  valueReference?: Reference;
  valueSampledData?: SampledData;
  valueSignature?: Signature;
  valueTiming?: Timing;
  valueContactDetail?: ContactDetail;
  valueContributor?: Contributor;
  valueDataRequirement?: DataRequirement;
  valueExpression?: Expression;
  valueParameterDefinition?: ParameterDefinition;
  valueRelatedArtifact?: RelatedArtifact;
  valueTriggerDefinition?: TriggerDefinition;
  valueUsageContext?: UsageContext;
  valueDosage?: Dosage;
  valueMeta?: Meta;
}

export interface HealthcareService {
  resourceType: 'HealthcareService';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  active?: boolean;
  providedBy?: Reference;
  category?: CodeableConcept[];
  type?: CodeableConcept[];
  specialty?: CodeableConcept[];
  location?: Reference[];
  name?: string;
  comment?: string;
  extraDetails?: string;
  photo?: Attachment;
  telecom?: ContactPoint[];
  coverageArea?: Reference[];
  serviceProvisionCode?: CodeableConcept[];
  eligibility?: HealthcareServiceEligibility[];
  program?: CodeableConcept[];
  characteristic?: CodeableConcept[];
  communication?: CodeableConcept[];
  referralMethod?: CodeableConcept[];
  appointmentRequired?: boolean;
  availableTime?: HealthcareServiceAvailableTime[];
  notAvailable?: HealthcareServiceNotAvailable[];
  availabilityExceptions?: string;
  endpoint?: Reference[];
}

export interface HealthcareServiceAvailableTime {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  daysOfWeek?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  allDay?: boolean;
  availableStartTime?: string;
  availableEndTime?: string;
}

export interface HealthcareServiceEligibility {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  code?: CodeableConcept;
  comment?: string;
}

export interface HealthcareServiceNotAvailable {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  description: string;
  during?: Period;
}

export interface HumanName {
  id?: string;
  extension?: Extension[];
  use?: 'usual' | 'official' | 'temp' | 'nickname' | 'anonymous' | 'old' | 'maiden';
  text?: string;
  family?: string;
  given?: string[];
  prefix?: string[];
  suffix?: string[];
  period?: Period;
}

export interface Identifier {
  id?: string;
  extension?: Extension[];
  use?: 'usual' | 'official' | 'temp' | 'secondary' | 'old';
  type?: CodeableConcept;
  system?: string;
  value?: string;
  period?: Period;
  assigner?: Reference;
}

export interface Meta {
  id?: string;
  extension?: Extension[];
  versionId?: string;
  lastUpdated?: string;
  source?: string;
  profile?: string[];
  security?: Coding[];
  tag?: Coding[];
}

export interface Money {
  id?: string;
  extension?: Extension[];
  value?: number;
  currency?: string;
}

export interface Narrative {
  id?: string;
  extension?: Extension[];
  status: 'generated' | 'extensions' | 'additional' | 'empty';
  div: string;
}

export interface OperationOutcome {
  resourceType: 'OperationOutcome';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  issue: OperationOutcomeIssue[];
}

export interface OperationOutcomeIssue {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  severity: 'fatal' | 'error' | 'warning' | 'information';
  code: 'invalid' | 'structure' | 'required' | 'value' | 'invariant' | 'security' | 'login' | 'unknown' | 'expired' | 'forbidden' | 'suppressed' | 'processing' | 'not-supported' | 'duplicate' | 'multiple-matches' | 'not-found' | 'deleted' | 'too-long' | 'code-invalid' | 'extension' | 'too-costly' | 'business-rule' | 'conflict' | 'transient' | 'lock-error' | 'no-store' | 'exception' | 'timeout' | 'incomplete' | 'throttled' | 'informational';
  details?: CodeableConcept;
  diagnostics?: string;
  location?: string[];
  expression?: string[];
}

export interface Organization {
  resourceType: 'Organization';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  active?: boolean;
  type?: CodeableConcept[];
  name?: string;
  alias?: string[];
  telecom?: ContactPoint[];
  address?: Address[];
  partOf?: Reference;
  contact?: OrganizationContact[];
  endpoint?: Reference[];
}

export interface OrganizationContact {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  purpose?: CodeableConcept;
  name?: HumanName;
  telecom?: ContactPoint[];
  address?: Address;
}

export interface ParameterDefinition {
  id?: string;
  extension?: Extension[];
  name?: string;
  use: 'in' | 'out';
  min?: number;
  max?: string;
  documentation?: string;
  type: string;
  profile?: string;
}

export interface Parameters {
  resourceType: 'Parameters';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  parameter?: ParametersParameter[];
}

export interface ParametersParameter {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  name: string;
  valueBase64Binary?: string;
  valueBoolean?: boolean;
  valueCanonical?: string;
  valueCode?: string;
  valueDate?: string;
  valueDateTime?: string;
  valueDecimal?: number;
  valueId?: string;
  valueInstant?: string;
  valueInteger?: number;
  valueMarkdown?: string;
  valueOid?: string;
  valuePositiveInt?: number;
  valueString?: string;
  valueTime?: string;
  valueUnsignedInt?: number;
  valueUri?: string;
  valueUrl?: string;
  valueUuid?: string;
  valueAddress?: Address;
  valueAge?: Age;
  valueAnnotation?: Annotation;
  valueAttachment?: Attachment;
  valueCodeableConcept?: CodeableConcept;
  valueCoding?: Coding;
  valueContactPoint?: ContactPoint;
  valueCount?: Count;
  valueDistance?: Distance;
  valueDuration?: Duration;
  valueHumanName?: HumanName;
  valueIdentifier?: Identifier;
  valueMoney?: Money;
  valuePeriod?: Period;
  valueQuantity?: Quantity;
  valueRange?: Range;
  valueRatio?: Ratio;
  valueReference?: Reference;
  valueSampledData?: SampledData;
  valueSignature?: Signature;
  valueTiming?: Timing;
  valueContactDetail?: ContactDetail;
  valueContributor?: Contributor;
  valueDataRequirement?: DataRequirement;
  valueExpression?: Expression;
  valueParameterDefinition?: ParameterDefinition;
  valueRelatedArtifact?: RelatedArtifact;
  valueTriggerDefinition?: TriggerDefinition;
  valueUsageContext?: UsageContext;
  valueDosage?: Dosage;
  valueMeta?: Meta;
  resource?: Resource;
  part?: ParametersParameter[];
}

export interface Patient {
  resourceType: 'Patient';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  active?: boolean;
  name?: HumanName[];
  telecom?: ContactPoint[];
  gender?: 'male' | 'female' | 'other' | 'unknown';
  birthDate?: string;
  deceasedBoolean?: boolean;
  deceasedDateTime?: string;
  address?: Address[];
  maritalStatus?: CodeableConcept;
  multipleBirthBoolean?: boolean;
  multipleBirthInteger?: number;
  photo?: Attachment[];
  contact?: PatientContact[];
  communication?: PatientCommunication[];
  generalPractitioner?: Reference[];
  managingOrganization?: Reference;
  link?: PatientLink[];
}

export interface PatientCommunication {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  language: CodeableConcept;
  preferred?: boolean;
}

export interface PatientContact {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  relationship?: CodeableConcept[];
  name?: HumanName;
  telecom?: ContactPoint[];
  address?: Address;
  gender?: 'male' | 'female' | 'other' | 'unknown';
  organization?: Reference;
  period?: Period;
}

export interface PatientLink {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  other: Reference;
  type: 'replaced-by' | 'replaces' | 'refer' | 'seealso';
}

export interface Period {
  id?: string;
  extension?: Extension[];
  start?: string;
  end?: string;
}

export interface Practitioner {
  resourceType: 'Practitioner';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  active?: boolean;
  name?: HumanName[];
  telecom?: ContactPoint[];
  address?: Address[];
  gender?: 'male' | 'female' | 'other' | 'unknown';
  birthDate?: string;
  photo?: Attachment[];
  qualification?: PractitionerQualification[];
  communication?: CodeableConcept[];
}

export interface PractitionerQualification {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  code: CodeableConcept;
  period?: Period;
  issuer?: Reference;
}

export interface PractitionerRole {
  resourceType: 'PractitionerRole';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  active?: boolean;
  period?: Period;
  practitioner?: Reference;
  organization?: Reference;
  code?: CodeableConcept[];
  specialty?: CodeableConcept[];
  location?: Reference[];
  healthcareService?: Reference[];
  telecom?: ContactPoint[];
  availableTime?: PractitionerRoleAvailableTime[];
  notAvailable?: PractitionerRoleNotAvailable[];
  availabilityExceptions?: string;
  endpoint?: Reference[];
}

export interface PractitionerRoleAvailableTime {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  daysOfWeek?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  allDay?: boolean;
  availableStartTime?: string;
  availableEndTime?: string;
}

export interface PractitionerRoleNotAvailable {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  description: string;
  during?: Period;
}

export interface Quantity {
  id?: string;
  extension?: Extension[];
  value?: number;
  comparator?: '<' | '<=' | '>=' | '>';
  unit?: string;
  system?: string;
  code?: string;
}

export interface Range {
  id?: string;
  extension?: Extension[];
  low?: Quantity;
  high?: Quantity;
}

export interface Ratio {
  id?: string;
  extension?: Extension[];
  numerator?: Quantity;
  denominator?: Quantity;
}

export interface Reference {
  id?: string;
  extension?: Extension[];
  reference?: string;
  type?: string;
  identifier?: Identifier;
  display?: string;
}

export interface RelatedArtifact {
  id?: string;
  extension?: Extension[];
  type: 'documentation' | 'justification' | 'citation' | 'predecessor' | 'successor' | 'derived-from' | 'depends-on' | 'composed-of';
  label?: string;
  display?: string;
  citation?: string;
  url?: string;
  document?: Attachment;
  resource?: string;
}

export interface RelatedPerson {
  resourceType: 'RelatedPerson';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  active?: boolean;
  patient: Reference;
  relationship?: CodeableConcept[];
  name?: HumanName[];
  telecom?: ContactPoint[];
  gender?: 'male' | 'female' | 'other' | 'unknown';
  birthDate?: string;
  address?: Address[];
  photo?: Attachment[];
  period?: Period;
  communication?: RelatedPersonCommunication[];
}

export interface RelatedPersonCommunication {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  language: CodeableConcept;
  preferred?: boolean;
}

export interface Resource {
  resourceType: string;
  id?: string;
}

export interface SamordnadPlan {
  readonly patient: {
    readonly reference: string;
    readonly name: string | null;
    readonly born: string | null;
    readonly protectedIdentity: boolean;
    readonly gender: string | null;
    readonly phones: readonly string[];
    readonly address: {
      readonly text: string;
      readonly access: string | null;
    } | null;
    readonly languages: readonly {
      readonly text: string;
      readonly interpreter: boolean;
    }[];
    readonly identity: string | null;
  };
  readonly form: 'patient' | 'personal';
  readonly at: string;
  readonly since: string | null;
  readonly complete: boolean;
  readonly contactNow: {
    readonly at: string;
    readonly first: {
      readonly path: string | null;
      readonly kind: 'fast-kontakt' | 'team' | 'tjanst' | 'reserv';
      readonly typ: string | null;
      readonly name: string;
      readonly who: string;
      readonly uppdrag: string | null;
      readonly value: string;
      readonly answers: 'nu' | 'stangt' | 'okant';
      readonly hours: string;
      readonly remark: string | null;
      readonly staffOnly?: boolean;
    };
    readonly thenList: readonly {
      readonly path: string | null;
      readonly kind: 'fast-kontakt' | 'team' | 'tjanst' | 'reserv';
      readonly typ: string | null;
      readonly name: string;
      readonly who: string;
      readonly uppdrag: string | null;
      readonly value: string;
      readonly answers: 'nu' | 'stangt' | 'okant';
      readonly hours: string;
      readonly remark: string | null;
      readonly staffOnly?: boolean;
    }[];
    readonly reason: string;
    readonly ifNoAnswer: string;
    readonly danger: {
      readonly value: string;
      readonly text: string;
    };
  };
  readonly steps: readonly {
    readonly plan: string;
    readonly level: string;
    readonly sign: string;
    readonly threshold: string | null;
    readonly first: string | null;
    readonly action: string | null;
    readonly who: readonly string[];
    readonly contact: {
      readonly name: string;
      readonly number: string;
      readonly hours: string;
    } | null;
    readonly call112: boolean;
    readonly ordination: boolean;
  }[];
  readonly patientkontrakt: {
    readonly fastVardkontakt: readonly {
      readonly reference: string;
      readonly kind: 'fast-kontakt' | 'team' | 'tjanst';
      readonly type: string | null;
      readonly title: string;
      readonly name: string;
      readonly uppdrag: string | null;
      readonly unit: string | null;
      readonly numbers: readonly {
        readonly system: string;
        readonly value: string;
        readonly hours: string | null;
        readonly open: boolean;
        readonly checked: string | null;
      }[];
      readonly flerLakarkontakter: boolean;
    }[];
    readonly overenskommelse: {
      readonly own: readonly {
        readonly plan: string;
        readonly text: string;
        readonly who: readonly string[];
        readonly unit: string | null;
        readonly huvudman: string | null;
        readonly often: string | null;
      }[];
      readonly others: readonly {
        readonly plan: string;
        readonly text: string;
        readonly who: readonly string[];
        readonly unit: string | null;
        readonly huvudman: string | null;
        readonly often: string | null;
      }[];
    };
    readonly overenskommenTid: readonly {
      readonly reference: string;
      readonly title: string;
      readonly start: string;
      readonly end: string | null;
      readonly who: readonly string[];
      readonly link: string | null;
    }[];
    readonly sammanhallenPlan: {
      readonly plans: readonly {
        readonly reference: string;
        readonly kind: string | null;
        readonly kindName: string;
        readonly title: string;
        readonly description: string | null;
        readonly unit: string | null;
        readonly start: string | null;
        readonly end: string | null;
        readonly responsible: readonly {
          readonly role: string;
          readonly name: string;
        }[];
        readonly parts: readonly {
          readonly reference: string;
          readonly title: string;
          readonly unit: string | null;
          readonly unitHsaId: string | null;
        }[];
        readonly normal: readonly {
          readonly what: string;
          readonly value: string;
        }[];
        readonly limits: string | null;
      }[];
      readonly goals: readonly {
        readonly reference: string;
        readonly text: string;
        readonly own: boolean;
      }[];
      readonly followUps: readonly {
        readonly plan: string;
        readonly date: string;
        readonly text: string;
        readonly who: string | null;
      }[];
    };
  };
  readonly changes: readonly {
    readonly reference: string;
    readonly kind: 'ny' | 'andrad' | 'avslutad';
    readonly title: string;
    readonly unit: string | null;
    readonly when: string;
  }[];
  readonly relatives: readonly {
    readonly reference: string;
    readonly name: string;
    readonly relation: string | null;
    readonly number: string | null;
    readonly mayBeWoken: boolean | null;
  }[];
  readonly attention: readonly {
    readonly reference: string;
    readonly kind: string;
    readonly text: string;
  }[];
  readonly recent: readonly {
    readonly reference: string;
    readonly title: string;
    readonly start: string;
    readonly end: string | null;
    readonly unit: string | null;
    readonly status: string;
    readonly who: readonly string[];
    readonly note: string | null;
    readonly link: string | null;
  }[];
  readonly notes: readonly {
    readonly reference: string;
    readonly kind: 'egen-anteckning' | 'onskan-fast-kontakt' | 'onskan-sip' | 'onskan-andring' | 'fel-nummer';
    readonly text: string;
    readonly at: string;
    readonly by: string;
    readonly about: string | null;
  }[];
  readonly done: readonly {
    readonly reference: string;
    readonly plan: string | null;
    readonly text: string;
    readonly at: string;
    readonly who: string | null;
  }[];
  readonly measurements: readonly {
    readonly code: string;
    readonly title: string;
    readonly unit: string;
    readonly low: number | null;
    readonly high: number | null;
    readonly values: readonly {
      readonly at: string;
      readonly value: number;
    }[];
  }[];
  readonly cover: readonly {
    readonly from: string;
    readonly to: string;
    readonly answer: number;
  }[];
  readonly answers: readonly {
    readonly first: {
      readonly path: string | null;
      readonly kind: 'fast-kontakt' | 'team' | 'tjanst' | 'reserv';
      readonly typ: string | null;
      readonly name: string;
      readonly who: string;
      readonly uppdrag: string | null;
      readonly value: string;
      readonly answers: 'nu' | 'stangt' | 'okant';
      readonly hours: string;
      readonly remark: string | null;
      readonly staffOnly?: boolean;
    };
    readonly thenList: readonly {
      readonly path: string | null;
      readonly kind: 'fast-kontakt' | 'team' | 'tjanst' | 'reserv';
      readonly typ: string | null;
      readonly name: string;
      readonly who: string;
      readonly uppdrag: string | null;
      readonly value: string;
      readonly answers: 'nu' | 'stangt' | 'okant';
      readonly hours: string;
      readonly remark: string | null;
      readonly staffOnly?: boolean;
    }[];
    readonly reason: string;
    readonly ifNoAnswer: string;
  }[];
}

export interface SampledData {
  id?: string;
  extension?: Extension[];
  origin: Quantity;
  period: number;
  factor?: number;
  lowerLimit?: number;
  upperLimit?: number;
  dimensions: number;
  data?: string;
}

export interface Signature {
  id?: string;
  extension?: Extension[];
  type: Coding[];
  when: string;
  who: Reference;
  onBehalfOf?: Reference;
  targetFormat?: string;
  sigFormat?: string;
  data?: string;
}

export interface Task {
  resourceType: 'Task';
  id?: string;
  meta?: Meta;
  implicitRules?: string;
  language?: string;
  text?: Narrative;
  contained?: Resource[];
  extension?: Extension[];
  modifierExtension?: Extension[];
  identifier?: Identifier[];
  instantiatesCanonical?: string;
  instantiatesUri?: string;
  basedOn?: Reference[];
  groupIdentifier?: Identifier;
  partOf?: Reference[];
  status: 'draft' | 'requested' | 'received' | 'accepted' | 'rejected' | 'ready' | 'cancelled' | 'in-progress' | 'on-hold' | 'failed' | 'completed' | 'entered-in-error';
  statusReason?: CodeableConcept;
  businessStatus?: CodeableConcept;
  intent: 'unknown' | 'proposal' | 'plan' | 'order' | 'original-order' | 'reflex-order' | 'filler-order' | 'instance-order' | 'option';
  priority?: 'routine' | 'urgent' | 'asap' | 'stat';
  code?: CodeableConcept;
  description?: string;
  focus?: Reference;
  for?: Reference;
  encounter?: Reference;
  executionPeriod?: Period;
  authoredOn?: string;
  lastModified?: string;
  requester?: Reference;
  performerType?: CodeableConcept[];
  owner?: Reference;
  location?: Reference;
  reasonCode?: CodeableConcept;
  reasonReference?: Reference;
  insurance?: Reference[];
  note?: Annotation[];
  relevantHistory?: Reference[];
  restriction?: TaskRestriction;
  input?: TaskInput[];
  output?: TaskOutput[];
}

export interface TaskInput {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  type: CodeableConcept;
  valueBase64Binary?: string;
  valueBoolean?: boolean;
  valueCanonical?: string;
  valueCode?: string;
  valueDate?: string;
  valueDateTime?: string;
  valueDecimal?: number;
  valueId?: string;
  valueInstant?: string;
  valueInteger?: number;
  valueMarkdown?: string;
  valueOid?: string;
  valuePositiveInt?: number;
  valueString?: string;
  valueTime?: string;
  valueUnsignedInt?: number;
  valueUri?: string;
  valueUrl?: string;
  valueUuid?: string;
  valueAddress?: Address;
  valueAge?: Age;
  valueAnnotation?: Annotation;
  valueAttachment?: Attachment;
  valueCodeableConcept?: CodeableConcept;
  valueCoding?: Coding;
  valueContactPoint?: ContactPoint;
  valueCount?: Count;
  valueDistance?: Distance;
  valueDuration?: Duration;
  valueHumanName?: HumanName;
  valueIdentifier?: Identifier;
  valueMoney?: Money;
  valuePeriod?: Period;
  valueQuantity?: Quantity;
  valueRange?: Range;
  valueRatio?: Ratio;
  valueReference?: Reference;
  valueSampledData?: SampledData;
  valueSignature?: Signature;
  valueTiming?: Timing;
  valueContactDetail?: ContactDetail;
  valueContributor?: Contributor;
  valueDataRequirement?: DataRequirement;
  valueExpression?: Expression;
  valueParameterDefinition?: ParameterDefinition;
  valueRelatedArtifact?: RelatedArtifact;
  valueTriggerDefinition?: TriggerDefinition;
  valueUsageContext?: UsageContext;
  valueDosage?: Dosage;
  valueMeta?: Meta;
}

export interface TaskOutput {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  type: CodeableConcept;
  valueBase64Binary?: string;
  valueBoolean?: boolean;
  valueCanonical?: string;
  valueCode?: string;
  valueDate?: string;
  valueDateTime?: string;
  valueDecimal?: number;
  valueId?: string;
  valueInstant?: string;
  valueInteger?: number;
  valueMarkdown?: string;
  valueOid?: string;
  valuePositiveInt?: number;
  valueString?: string;
  valueTime?: string;
  valueUnsignedInt?: number;
  valueUri?: string;
  valueUrl?: string;
  valueUuid?: string;
  valueAddress?: Address;
  valueAge?: Age;
  valueAnnotation?: Annotation;
  valueAttachment?: Attachment;
  valueCodeableConcept?: CodeableConcept;
  valueCoding?: Coding;
  valueContactPoint?: ContactPoint;
  valueCount?: Count;
  valueDistance?: Distance;
  valueDuration?: Duration;
  valueHumanName?: HumanName;
  valueIdentifier?: Identifier;
  valueMoney?: Money;
  valuePeriod?: Period;
  valueQuantity?: Quantity;
  valueRange?: Range;
  valueRatio?: Ratio;
  valueReference?: Reference;
  valueSampledData?: SampledData;
  valueSignature?: Signature;
  valueTiming?: Timing;
  valueContactDetail?: ContactDetail;
  valueContributor?: Contributor;
  valueDataRequirement?: DataRequirement;
  valueExpression?: Expression;
  valueParameterDefinition?: ParameterDefinition;
  valueRelatedArtifact?: RelatedArtifact;
  valueTriggerDefinition?: TriggerDefinition;
  valueUsageContext?: UsageContext;
  valueDosage?: Dosage;
  valueMeta?: Meta;
}

export interface TaskRestriction {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  repetitions?: number;
  period?: Period;
  recipient?: Reference[];
}

export interface Timing {
  id?: string;
  extension?: Extension[];
  modifierExtension?: Extension[];
  event?: string[];
  repeat?: TimingRepeat;
  code?: CodeableConcept;
}

export interface TimingRepeat {
  id?: string;
  extension?: Extension[];
  boundsDuration?: Duration;
  boundsRange?: Range;
  boundsPeriod?: Period;
  count?: number;
  countMax?: number;
  duration?: number;
  durationMax?: number;
  durationUnit?: 's' | 'min' | 'h' | 'd' | 'wk' | 'mo' | 'a';
  frequency?: number;
  frequencyMax?: number;
  period?: number;
  periodMax?: number;
  periodUnit?: 's' | 'min' | 'h' | 'd' | 'wk' | 'mo' | 'a';
  dayOfWeek?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
  timeOfDay?: string[];
  when?: ('MORN' | 'MORN.early' | 'MORN.late' | 'NOON' | 'AFT' | 'AFT.early' | 'AFT.late' | 'EVE' | 'EVE.early' | 'EVE.late' | 'NIGHT' | 'PHS' | 'HS' | 'WAKE' | 'C' | 'CM' | 'CD' | 'CV' | 'AC' | 'ACM' | 'ACD' | 'ACV' | 'PC' | 'PCM' | 'PCD' | 'PCV')[];
  offset?: number;
}

export interface TriggerDefinition {
  id?: string;
  extension?: Extension[];
  type: 'named-event' | 'periodic' | 'data-changed' | 'data-added' | 'data-modified' | 'data-removed' | 'data-accessed' | 'data-access-ended';
  name?: string;
  timingTiming?: Timing;
  timingReference?: Reference;
  timingDate?: string;
  timingDateTime?: string;
  data?: DataRequirement[];
  condition?: Expression;
}

export interface UsageContext {
  id?: string;
  extension?: Extension[];
  code: Coding;
  valueCodeableConcept?: CodeableConcept;
  valueQuantity?: Quantity;
  valueRange?: Range;
  valueReference?: Reference;
}
