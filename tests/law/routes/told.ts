import type { Facts, Row } from '@naravard/access';
import type { Hand } from './cast.ts';

/** `system|code`, as the key row has it. */
export type Label = string;

/** A resource as JSON; null is a deletion. */
export interface Version {
  readonly resource: Readonly<Record<string, unknown>> | null;
  /** What `meta.security` says, and what access marks it with. */
  readonly labels: readonly Label[];
}

/** The lists of facts. */
export type Told = { readonly [List in keyof Facts]?: Facts[List] };

/** One resource with all of its versions, as it is told: nothing of it is read from the product. */
export interface Doc {
  readonly type: string;
  readonly id: string;
  readonly by: Hand;
  /** Only an operation writes it, as this employee. */
  readonly employee?: string;
  readonly patient: string | null;
  /** Instant of the information. */
  readonly time: string | null;
  readonly versions: readonly [Version, ...Version[]];
  /** What it states about its patient as long as it stands. */
  readonly tells?: Told;
}

export const keyOf = ({ type, id }: { readonly type: string; readonly id: string }): string =>
  `${type}/${id}`;

/** Nobody but administrators answers for what they keep. */
export const custodianOf = ({ employee, by }: Doc): Hand['organisation'] | null =>
  employee === 'administrator' ? null : by.organisation;

export const lastOf = ({ versions }: Doc): Version => versions.at(-1) ?? versions[0];
export const isDeleted = (doc: Doc): boolean => lastOf(doc).resource === null;

const informationTypes: Readonly<Record<string, string>> = { MedicationRequest: 'lak', Flag: 'upp' };
const marks = 'https://naravard.se/fhir/CodeSystem/access';
export const several = `${marks}|several-patients`;

/** What the decision looks at, in the current version or in number `version`: what either keeps back is kept back. */
export function rowOf(doc: Doc, version?: number): Row {
  // A deletion has the labels of what was deleted.
  const current = (doc.versions.findLast(({ resource }) => resource !== null) ?? doc.versions[0]).labels;
  const own = version === undefined ? undefined : doc.versions[version - 1];
  const labels = [...current, ...(own?.resource ? own.labels : [])];
  return {
    type: doc.type,
    // What was about several is about none of them alone, whomever it is about now.
    patient: own?.labels.includes(several) ? null : doc.patient,
    custodian: custodianOf(doc),
    unit: doc.by.unit,
    informationType: informationTypes[doc.type] ?? null,
    time: isDeleted(doc) ? null : doc.time,
    labels: labels.map((label) => label.slice(label.lastIndexOf('|') + 1)),
    internalNote: labels.includes(`${marks}|internal-note`),
    availableBy26: labels.includes(`${marks}|available-by-2-6`),
    outsideSvod: labels.includes(`${marks}|outside-svod`),
    showsBlock: labels.includes(`${marks}|shows-block`),
    answer: labels.includes(`${marks}|answer`),
  };
}

export const nothingTold = (patient: string): Facts => ({
  patient,
  born: null,
  protectedIdentity: false,
  deceased: null,
  relations: [],
  consents: [],
  unableToConsent: [],
  blocks: [],
  emergencies: [],
  representatives: [],
  ageExceptions: [],
  informed: [],
  joined: [],
});

/** All that some resources state about one patient. */
export function factsTold(patient: string, docs: readonly Doc[], joined: Facts['joined']): Facts {
  let facts: Facts = { ...nothingTold(patient), joined };
  for (const { tells = {} } of docs.filter((doc) => doc.patient === patient)) {
    facts = {
      ...facts,
      ...tells,
      relations: [...facts.relations, ...(tells.relations ?? [])],
      consents: [...facts.consents, ...(tells.consents ?? [])],
      unableToConsent: [...facts.unableToConsent, ...(tells.unableToConsent ?? [])],
      blocks: [...facts.blocks, ...(tells.blocks ?? [])],
      emergencies: [...facts.emergencies, ...(tells.emergencies ?? [])],
      representatives: [...facts.representatives, ...(tells.representatives ?? [])],
      ageExceptions: [...facts.ageExceptions, ...(tells.ageExceptions ?? [])],
      informed: [...facts.informed, ...(tells.informed ?? [])],
    };
  }
  return facts;
}
