import type { Definitions, ElementDefinition } from '@naravard/fhir';

/** A JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1). */
export type Schema = Readonly<Record<string, unknown>>;

const primitives: Readonly<Record<string, Schema>> = {
  boolean: { type: 'boolean' },
  decimal: { type: 'number' },
  integer: { type: 'integer' },
  positiveInt: { type: 'integer', minimum: 1 },
  unsignedInt: { type: 'integer', minimum: 0 },
};

/** Value sets above this size are left to the validator: their lists would be most of the document. */
const mostCodes = 60;

export const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/**
 * Schemas of resource types and of everything they are made of, by name. They tell shapes, for generated types; what is
 * valid the validator tells (invariants, formats, one value of a choice).
 */
export function schemasOf(definitions: Definitions, types: readonly string[]): Record<string, Schema> {
  const schemas = new Map<string, Schema>();
  const waiting = [...types, 'OperationOutcome', 'Parameters'];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (schemas.has(name)) continue;
    const { schema, used } = schemaOf(definitions, name);
    schemas.set(name, schema);
    waiting.push(...used);
  }
  schemas.set('Resource', anyResource);
  return Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const anyResource: Schema = {
  type: 'object',
  required: ['resourceType'],
  properties: { resourceType: { type: 'string' }, id: { type: 'string' } },
};

function schemaOf(definitions: Definitions, name: string): { schema: Schema; used: string[] } {
  const definition = definitions.type(name);
  if (!definition) throw new Error(`no R4 type is named ${name}`);
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  const used: string[] = [];
  if (definition.kind === 'resource') {
    properties.resourceType = { const: name };
    required.push('resourceType');
  }
  for (const element of definition.elements.values()) {
    if (element.max === 0) continue;
    for (const { property, type, array } of definitions.children(name, element.name)) {
      const item = itemSchema(definitions, element, type, used);
      properties[property] = array ? { type: 'array', items: item } : item;
      if (element.min > 0 && !element.choice) required.push(property);
      if (definitions.type(type)?.kind !== 'primitive' || property === 'id') continue;
      used.push('Element');
      properties[`_${property}`] = array ? { type: 'array', items: refTo('Element') } : refTo('Element');
    }
  }
  return { schema: { type: 'object', ...(required.length && { required }), properties }, used };
}

function itemSchema(
  definitions: Definitions,
  element: ElementDefinition,
  type: string,
  used: string[],
): Schema {
  if (definitions.type(type)?.kind !== 'primitive' && !type.startsWith('http')) {
    if (type !== 'Resource') used.push(type);
    return refTo(type);
  }
  const codes = type === 'code' && element.binding ? codesOf(definitions, element.binding) : [];
  if (codes.length) return { type: 'string', enum: codes };
  return primitives[type] ?? { type: 'string' };
}

/** The plain codes of a required value set; none when it is large or not enumerated. */
function codesOf(definitions: Definitions, valueSet: string): string[] {
  const codes = [...(definitions.codes(valueSet) ?? [])].filter((code) => !code.includes('|'));
  return codes.length > mostCodes ? [] : codes;
}
