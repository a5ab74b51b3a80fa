import { type ExactObject, isExactObject } from '../exact-json.ts';
import type { ElementTypes } from '../patch-path.ts';
import { type Element, elementsIn, foundIn } from './elements.ts';

/**
 * The part `value` of an operation (http://hl7.org/fhir/R4/fhirpatch.html): value[x] or a resource, and parts named as the
 * elements for what Parameters cannot carry.
 */
export const asPart = (types: ElementTypes, element: Element): ExactObject =>
  partNamed(types, 'value', element);

function partNamed(types: ElementTypes, name: string, { type, value, beside }: Element): ExactObject {
  if (types.type(type)?.kind === 'resource') return { name, resource: value };
  const property = carried(types, type);
  if (property !== undefined) {
    return {
      name,
      ...(value !== null && { [property]: value }),
      ...(beside !== undefined && { [`_${property}`]: beside }),
    };
  }
  if (!isExactObject(value)) return { name };
  return {
    name,
    part: elementsIn(types, type, value).flatMap((element) => {
      const found = foundIn(value, element);
      const members = found?.list ?? (found?.one ? [found.one] : []);
      return members.map((member) => partNamed(types, element.name, member));
    }),
  };
}

/** The property of Parameters that carries a type; undefined where none does. Narrative's XHTML goes as a string. */
function carried(types: ElementTypes, type: string): string | undefined {
  if (type === 'xhtml') return 'valueString';
  return types.children('Parameters.parameter', 'value').find((child) => child.type === type)?.property;
}
