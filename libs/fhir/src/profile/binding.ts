import { isObject } from '../path/node.ts';
import { type Check, named, type Setting } from './check.ts';
import type { Facts } from './facts.ts';

/** Whether a value is in a value set; undefined where that cannot be told. */
export type Membership = (value: unknown) => boolean | undefined;

const bindable = new Set([
  'code',
  'string',
  'uri',
  'Coding',
  'CodeableConcept',
  'Quantity',
  'SimpleQuantity',
]);

/**
 * The check of a binding by its strength (http://hl7.org/fhir/R4/terminologies.html#strength): what is not in a required
 * value set is an error, a concept with codes of which none is in an extensible one a warning, since it may have none that fits.
 * `required` is the value set that R4 itself requires, which is looked at already.
 */
export function bindingCheck(
  setting: Setting,
  { binding }: Facts,
  type: string,
  required: string | undefined,
): Check | undefined {
  if (!binding || !bindable.has(type) || binding.valueSet === required) return undefined;
  const { valueSet } = binding;
  const member = membership(setting, valueSet);
  const expected = named(setting, `Expected a code of the value set ${valueSet}.`);
  switch (binding.strength) {
    case 'required': {
      const unknown = named(
        setting,
        `The value set ${valueSet} is not known here: the code was not checked.`,
      );
      return (value, _beside, { report }) => {
        const found = member(value);
        if (found === false) report.error('code-invalid', expected);
        else if (found === undefined) report.warning('code-invalid', unknown);
      };
    }
    case 'extensible': {
      const advice = named(setting, `Use a code of the value set ${valueSet} if one of them fits.`);
      return (value, _beside, { report }) => {
        if (hasCode(value) && member(value) === false) report.warning('code-invalid', advice);
      };
    }
    default:
      return undefined;
  }
}

/** A plain code, a Coding, a Quantity (by its unit) or a CodeableConcept, of which one Coding is enough. */
export function membership({ definitions, inValueSet }: Setting, valueSet: string): Membership {
  const listed = definitions.codes(valueSet);
  const has = (system: string | undefined, code: string): boolean | undefined =>
    listed
      ? listed.has(system === undefined ? code : `${system}|${code}`)
      : inValueSet(valueSet, system, code);
  const coding = (value: unknown): boolean | undefined =>
    isObject(value) && typeof value.system === 'string' && typeof value.code === 'string'
      ? has(value.system, value.code)
      : false;
  return (value) => {
    if (typeof value === 'string') return has(undefined, value);
    if (!isObject(value)) return true;
    if (Array.isArray(value.coding)) return any(value.coding.map(coding));
    return isConceptWithoutCode(value)
      ? value.text === undefined && value.extension !== undefined
      : coding(value);
  };
}

const isConceptWithoutCode = (value: object): boolean => !('code' in value || 'system' in value);

const hasCode = (value: unknown): boolean =>
  typeof value === 'string' ||
  (isObject(value) && (typeof value.code === 'string' || Array.isArray(value.coding)));

const any = (found: readonly (boolean | undefined)[]): boolean | undefined =>
  found.includes(true) || (found.includes(undefined) ? undefined : false);
