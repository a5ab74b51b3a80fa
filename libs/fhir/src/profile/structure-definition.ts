import { isObject, type JsonObject } from '../path/node.ts';
import { objects, text } from './facts.ts';

/** A profile or an extension as it is written: http://hl7.org/fhir/R4/structuredefinition.html */
export interface StructureDefinition {
  readonly url: string;
  readonly version: string;
  /** The type it is on: 'CarePlan', 'Extension'. */
  readonly type: string;
  /** Canonical of what it is based on. */
  readonly base: string;
  /** The differential. */
  readonly elements: readonly JsonObject[];
}

/** @throws Error when it is not a constraint with a url, a type, a base and a differential */
export function structureDefinition(source: object): StructureDefinition {
  const { resourceType, url, version, type, derivation, baseDefinition, differential } = source as JsonObject;
  const read = { url: text(url), version: text(version), type: text(type), base: text(baseDefinition) };
  if (resourceType !== 'StructureDefinition' || !read.url || !read.type || !read.base) {
    throw new Error(`A profile is a StructureDefinition with url, type and baseDefinition (${read.url})`);
  }
  if (derivation !== 'constraint') throw new Error(`Profile ${read.url}: derivation is not constraint`);
  if (!isObject(differential)) throw new Error(`Profile ${read.url} has no differential`);
  return { ...read, elements: objects(differential.element) };
}

export const coreDefinition = 'http://hl7.org/fhir/StructureDefinition/';
