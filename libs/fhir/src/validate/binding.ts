import type { Definitions, ElementDefinition } from '../definitions/definitions.ts';
import { isObject } from '../path/node.ts';
import { externalForms, uncheckedValueSets } from './external-codes.ts';

/** Undefined when the value is in its value set, otherwise what is expected. */
export type BindingCheck = (value: unknown) => string | undefined;

interface Membership {
  readonly expected: string;
  /** `system` undefined: the element is a plain code and the value set implies the system. */
  has(system: string | undefined, code: string): boolean;
  /** Codes of other systems are let through: an element's maximum value set, where text alone is allowed as well. */
  readonly lenient: boolean;
}

const shownCodes = 16;

/**
 * The check of a required binding (http://hl7.org/fhir/R4/terminologies.html#required) for one type of an element:
 * a code is in the set; a Coding has system and code in the set; a CodeableConcept has at least one such Coding.
 */
export function bindingCheck(
  definitions: Definitions,
  element: ElementDefinition,
  type: string,
): BindingCheck | undefined {
  const valueSet = element.binding;
  const membership = valueSet === undefined ? undefined : membershipOf(definitions, valueSet);
  if (!membership) return undefined;
  switch (type) {
    case 'code':
    case 'string':
    case 'uri':
      return (value) =>
        typeof value !== 'string' || membership.has(undefined, value) ? undefined : membership.expected;
    case 'Coding':
      return (value) => (codingFits(membership, value) ? undefined : membership.expected);
    case 'CodeableConcept':
      return (value) => (conceptFits(membership, value) ? undefined : membership.expected);
    default:
      return undefined;
  }
}

function membershipOf(definitions: Definitions, valueSet: string): Membership | undefined {
  const codes = definitions.codes(valueSet);
  if (codes) {
    const plain = [...codes].filter((code) => !code.includes('|'));
    const listed = plain.length <= shownCodes ? `one of ${plain.join(', ')}` : 'a code';
    return {
      expected: `${listed} (value set ${valueSet})`,
      has: (system, code) => codes.has(system === undefined ? code : `${system}|${code}`),
      lenient: false,
    };
  }
  const external = externalForms.get(valueSet);
  if (external) {
    return {
      expected: external.expected,
      has: (system, code) => (system === undefined || system === external.system) && external.form.test(code),
      lenient: valueSet.endsWith('/all-languages'),
    };
  }
  if (uncheckedValueSets.has(valueSet)) return undefined;
  throw new Error(
    `The required value set ${valueSet} is neither enumerated nor decided on in external-codes.ts`,
  );
}

function codingFits(membership: Membership, value: unknown): boolean {
  if (!isObject(value)) return true;
  const { system, code } = value;
  if (typeof system === 'string' && typeof code === 'string' && membership.has(system, code)) return true;
  return membership.lenient && system !== 'urn:ietf:bcp:47';
}

function conceptFits(membership: Membership, value: unknown): boolean {
  if (!isObject(value)) return true;
  const { coding } = value;
  if (!Array.isArray(coding))
    return membership.lenient || (value.text === undefined && value.extension !== undefined);
  return membership.lenient
    ? coding.every((each) => codingFits(membership, each))
    : coding.some((each) => codingFits(membership, each));
}
