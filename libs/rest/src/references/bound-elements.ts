import type { Definitions } from '@naravard/fhir';

/** Of the element of a type, named without indexes: whether a reference there to a resource of type `target` must lead to one. */
export type IsBound = (type: string, element: string, target: string | undefined) => boolean;

const codes: ReadonlySet<string> = new Set(['patient', 'subject', 'encounter']);

/**
 * The elements that tell whom and which contact a resource is about: those of R4's search parameters `patient`, `subject` and
 * `encounter`. Access to the resource, its compartment and its audit rest on them. An element of which that parameter takes
 * Patients alone (Appointment.participant.actor) is bound where it is to a Patient.
 */
export function boundElements(definitions: Definitions): IsBound {
  const types = new Map<string, ReadonlyMap<string, 'any' | 'Patient'>>();
  return (type, element, target) => {
    const known = types.get(type) ?? boundOf(definitions, type);
    types.set(type, known);
    const bound = known.get(element);
    return bound === 'any' || (bound === 'Patient' && (target === undefined || target === 'Patient'));
  };
}

function boundOf(definitions: Definitions, type: string): ReadonlyMap<string, 'any' | 'Patient'> {
  const bound = new Map<string, 'any' | 'Patient'>();
  for (const { code, expression = '' } of definitions.searchParameters(type)) {
    if (!codes.has(code)) continue;
    for (const path of expression.split('|').map((each) => each.trim())) {
      if (!path.startsWith(`${type}.`)) continue;
      const [element = '', condition] = path.slice(type.length + 1).split('.where(');
      if (condition === undefined) bound.set(element, 'any');
      else if (!bound.has(element)) bound.set(element, 'Patient');
    }
  }
  return bound;
}
