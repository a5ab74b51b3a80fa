import type { InvariantDefinition } from '../definitions/definitions.ts';
import { isObject, type JsonObject } from '../path/node.ts';

/** A type that a profile allows, with the profiles that the value or what it refers to follows. */
export interface TypeFact {
  readonly code: string;
  readonly profiles: readonly string[];
  readonly targets: readonly string[];
}

export interface Discriminator {
  readonly type: string;
  readonly path: string;
}

/** What a profile says of one element (http://hl7.org/fhir/R4/elementdefinition.html), as far as it is checked. */
export interface Facts {
  readonly min: number;
  readonly max: number;
  readonly maxLength: number;
  /** Empty: as in R4. */
  readonly types: readonly TypeFact[];
  /** In an array of one, so that `false` and 0 are there too. */
  readonly fixed: readonly unknown[];
  readonly pattern: readonly unknown[];
  readonly binding: { readonly strength: string; readonly valueSet: string } | undefined;
  readonly invariants: readonly InvariantDefinition[];
  readonly slicing: { readonly discriminators: readonly Discriminator[]; readonly rules: string } | undefined;
}

/** Constraints that R4 has and a profile here may not use: better said when it is compiled than never kept. */
const unsupported = /^(?:minValue[A-Z]\w*|maxValue[A-Z]\w*)$/;

/** @throws Error with what the element says that cannot be checked */
export function factsOf(raw: JsonObject): Facts {
  const strange = Object.keys(raw).find((key) => unsupported.test(key));
  if (strange) throw new Error(`${strange} is not supported`);
  const binding = isObject(raw.binding) ? raw.binding : undefined;
  const min = typeof raw.min === 'number' ? raw.min : 0;
  const max = typeof raw.max === 'string' && raw.max !== '*' ? Number(raw.max) : Number.POSITIVE_INFINITY;
  if (!(min <= max)) throw new Error('its cardinality leaves nothing');
  return {
    min,
    max,
    maxLength: typeof raw.maxLength === 'number' ? raw.maxLength : Number.POSITIVE_INFINITY,
    types: objects(raw.type).filter(isFhirType).map(typeFact),
    fixed: prefixed(raw, /^fixed[A-Z]/),
    pattern: prefixed(raw, /^pattern[A-Z]/),
    binding: binding && bindingFact(binding),
    invariants: objects(raw.constraint).map(invariant),
    slicing: isObject(raw.slicing) ? slicingFact(raw.slicing) : undefined,
  };
}

/** The url of an Extension and every id have a type of FHIRPath, which says nothing here. */
const isFhirType = ({ code }: JsonObject): boolean => !text(code).startsWith('http://hl7.org/fhirpath/');

const typeFact = ({ code, profile, targetProfile }: JsonObject): TypeFact => ({
  code: text(code),
  profiles: texts(profile),
  targets: texts(targetProfile),
});

const bindingFact = ({ strength, valueSet }: JsonObject): Facts['binding'] => ({
  strength: text(strength),
  valueSet: withoutVersion(text(valueSet)),
});

function invariant({ key, severity, human, expression }: JsonObject): InvariantDefinition {
  if (!text(expression)) throw new Error(`the constraint ${text(key)} has no FHIRPath expression`);
  return {
    key: text(key),
    severity: severity === 'warning' ? 'warning' : 'error',
    human: text(human),
    expression: text(expression),
  };
}

function slicingFact({ discriminator, rules, ordered }: JsonObject): Facts['slicing'] {
  if (ordered === true) throw new Error('ordered slices are not supported');
  const known = ['open', 'closed', 'openAtEnd'];
  if (!known.includes(text(rules))) throw new Error(`slicing.rules is one of ${known.join(', ')}`);
  return {
    discriminators: objects(discriminator).map(({ type, path }) => ({ type: text(type), path: text(path) })),
    rules: text(rules),
  };
}

export const withoutVersion = (canonical: string): string => canonical.split('|', 1)[0] ?? canonical;

function prefixed(raw: JsonObject, prefix: RegExp): unknown[] {
  const key = Object.keys(raw).find((each) => prefix.test(each));
  return key === undefined ? [] : [raw[key]];
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

export const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
