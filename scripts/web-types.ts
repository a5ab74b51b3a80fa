import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The types that the clients of services/web read and write; what these are made of follows. */
const roots = [
  'Bundle',
  'CarePlan',
  'CareTeam',
  'Communication',
  'Consent',
  'Encounter',
  'Flag',
  'HealthcareService',
  'Observation',
  'OperationOutcome',
  'Organization',
  'Parameters',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'RelatedPerson',
  'SamordnadPlan',
  'Task',
];

interface Schema {
  $ref?: string;
  type?: string;
  const?: string | boolean;
  enum?: readonly string[];
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  items?: Schema;
  anyOf?: readonly Schema[];
}

const root = resolve(import.meta.dirname, '..');
export const typesFile = resolve(root, 'services/web/src/api/generated/schema.ts');

/** TypeScript interfaces of `roots`, from the schemas of openapi/naravard.json. */
export function webTypes(): string {
  const { components } = JSON.parse(readFileSync(resolve(root, 'openapi/naravard.json'), 'utf8'));
  const schemas: Readonly<Record<string, Schema>> = components.schemas;
  const names = new Set(roots.filter((name) => name in schemas));
  // A set is walked in the order in which it grows.
  const interfaces = [...grown(names, schemas)].sort().map((name) => interfaceOf(name, schemas[name] ?? {}));
  return `// Made from openapi/naravard.json by \`npm run web-types\`; not to be edited.\n\n${interfaces.join('\n')}`;
}

function grown(names: Set<string>, schemas: Readonly<Record<string, Schema>>): Set<string> {
  for (const name of names) {
    for (const [member, schema] of membersOf(schemas[name] ?? {})) {
      const target = targetOf(schema.items ?? schema);
      if (target !== undefined && isShown(member)) names.add(target);
    }
  }
  return names;
}

const membersOf = ({ properties = {} }: Schema): [string, Schema][] => Object.entries(properties);

/** Extensions of primitive values are read by nobody here. */
const isShown = (member: string): boolean => !member.startsWith('_');

const targetOf = ({ $ref }: Schema): string | undefined => $ref?.split('/').at(-1);

/** `Patient.contact` is PatientContact. */
const typeName = (name: string): string =>
  name.replace(/\.(.)/g, (_match, letter: string) => letter.toUpperCase());

const interfaceOf = (name: string, schema: Schema): string =>
  `export interface ${typeName(name)} ${objectOf(schema, '', isBuilt(schema) ? '' : 'readonly ')}\n`;

/** Resources and their parts are put together by the clients too; what is no part of FHIR is only read. */
const isBuilt = (schema: Schema): boolean => !membersOf(schema).some(([, each]) => isObject(each));

const isObject = ({ properties, items, anyOf = [] }: Schema): boolean =>
  properties !== undefined || (items !== undefined && isObject(items)) || anyOf.some(isObject);

function objectOf(schema: Schema, indent: string, readonly: string): string {
  const members = membersOf(schema).filter(([member]) => isShown(member));
  const lines = members.map(([member, each]) => {
    const name = `${member}${schema.required?.includes(member) ? '' : '?'}`;
    return `${indent}  ${readonly}${name}: ${typeOf(each, `${indent}  `, readonly)};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

function typeOf(schema: Schema, indent: string, readonly: string): string {
  const target = targetOf(schema);
  if (target !== undefined) return typeName(target);
  if (schema.const !== undefined)
    return typeof schema.const === 'string' ? `'${schema.const}'` : String(schema.const);
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(each, indent, readonly)).join(' | ');
  if (schema.properties) return objectOf(schema, indent, readonly);
  switch (schema.type) {
    case 'array': {
      const item = typeOf(schema.items ?? {}, indent, readonly);
      return `${readonly}${/^[^{]*\|/.test(item) ? `(${item})` : item}[]`;
    }
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      return 'unknown';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(typesFile, webTypes());
