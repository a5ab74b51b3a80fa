import type { Schema } from './schemas.ts';

/**
 * The document as the page shows it: without what every element may have (extensions, contained resources), which lead from
 * each type to all types of FHIR and kept a browser busy for a minute; it takes three seconds without. /openapi.json has them.
 */
export function pageDocument(document: Schema): Schema {
  const { components, ...rest } = document as { components: { schemas: Record<string, Schema> } };
  const schemas = Object.entries(components.schemas).map(([name, schema]) => [name, plainer(schema)]);
  return { ...rest, components: { ...components, schemas: Object.fromEntries(schemas) } };
}

const everywhere: ReadonlySet<string> = new Set(['extension', 'modifierExtension', 'contained']);

function plainer(schema: Schema): Schema {
  const { properties } = schema as { properties?: Record<string, Schema> };
  if (!properties) return schema;
  const shown = Object.entries(properties).filter(([name]) => !everywhere.has(name) && !name.startsWith('_'));
  return { ...schema, properties: Object.fromEntries(shown) };
}
