import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadDefinitions } from '@naravard/fhir';
import { baseModule, openApiDocument } from '@naravard/rest';
import { createCatalog } from '@naravard/search';
import { loadTerminology } from '@naravard/terminology';
import { allModules, ownGuide } from '../services/all-in-one/src/modules.ts';

/** Where the document is kept; a test compares. */
export const openApiFile = fileURLToPath(new URL('../openapi/naravard.json', import.meta.url));

/** The text of openapi/naravard.json, from the modules and the table of interactions. */
export function openApiText(): string {
  const definitions = loadDefinitions();
  const document = openApiDocument({
    definitions,
    catalog: createCatalog(definitions, loadTerminology()),
    modules: [baseModule, ...allModules(definitions)],
    base: 'http://localhost:8080/fhir',
    guide: ownGuide(),
  });
  return `${JSON.stringify(document, null, 1)}\n`;
}

if (import.meta.main) {
  writeFileSync(openApiFile, openApiText());
  console.log(`${openApiFile}: ${Math.round(readFileSync(openApiFile).length / 1024)} kB`);
}
