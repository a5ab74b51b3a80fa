import { isObject, type JsonObject } from '../path/node.ts';
import { BrokenProfile } from './check.ts';
import { objects, text } from './facts.ts';

/** A profile or an extension as it is written: http://hl7.org/fhir/R4/structuredefinition.html */
export interface StructureDefinition {
  readonly url: string;
  readonly version: string;
  /** The type it is on: 'CarePlan', 'Extension'. */
  readonly type: string;
  /** Canonical of what it is based on; R4's own types without version. */
  readonly base: string;
  /** The differential; what the snapshot says where there is none. */
  readonly elements: readonly JsonObject[];
  /** What the snapshot adds to R4: enough where the base is not known. */
  readonly snapshot: readonly JsonObject[] | undefined;
}

/** @throws BrokenProfile when it is not a constraint with a url, a type, a base and a differential or a snapshot */
export function structureDefinition(source: object): StructureDefinition {
  const { resourceType, url, version, type, derivation, baseDefinition, differential, snapshot } =
    source as JsonObject;
  const read = {
    url: text(url),
    version: text(version),
    type: text(type),
    base: baseOf(text(baseDefinition)),
  };
  if (resourceType !== 'StructureDefinition' || !read.url || !read.type || !read.base) {
    throw new BrokenProfile(read.url, 'a StructureDefinition with url, type and baseDefinition is expected');
  }
  if (derivation !== 'constraint') throw new BrokenProfile(read.url, 'its derivation is not constraint');
  const whole = isObject(snapshot) ? added(snapshot) : undefined;
  const elements = isObject(differential) ? objects(differential.element) : whole;
  if (!elements) throw new BrokenProfile(read.url, 'it has neither differential nor snapshot');
  return { ...read, elements, snapshot: whole };
}

/** Why a StructureDefinition is no profile that could be compiled; undefined where it is one. */
export function profileFault(source: object): BrokenProfile | undefined {
  try {
    structureDefinition(source);
    return undefined;
  } catch (error) {
    const { url } = source as JsonObject;
    return error instanceof BrokenProfile ? error : new BrokenProfile(text(url), String(error));
  }
}

export const coreDefinition = 'http://hl7.org/fhir/StructureDefinition/';

/** `.../Patient|4.0.1` is R4's own Patient. */
const baseOf = (canonical: string): string =>
  canonical.startsWith(coreDefinition) ? canonical.replace(/\|4\.0(?:\.1)?$/, '') : canonical;

/** Of a snapshot, without what R4 itself says there: its invariants, and elements that stand for others. */
const added = (snapshot: JsonObject): readonly JsonObject[] =>
  objects(snapshot.element).map(({ contentReference, constraint, ...said }) => ({
    ...said,
    ...(constraint !== undefined && { constraint: objects(constraint).filter(isOwn) }),
  }));

/** http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.constraint.source: where it comes from. */
const isOwn = ({ source }: JsonObject): boolean =>
  !/^http:\/\/hl7\.org\/fhir\/StructureDefinition\/[A-Z][A-Za-z]+$/.test(text(source));
