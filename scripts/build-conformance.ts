import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatTable, preferTable } from './conformance/formats.ts';
import { interactionTable, statedTable } from './conformance/interactions.ts';
import { limitTable } from './conformance/limits.ts';
import { operationTable } from './conformance/operations.ts';
import { ruleTable } from './conformance/rules.ts';
import { formTable, otherTypes, parameterTables, resultTable } from './conformance/search.ts';
import { createSubject } from './conformance/subject.ts';
import { checkedTable, externalTable, uncheckedTable } from './conformance/validation.ts';

/** Where the page is kept; a test compares. */
export const conformanceFile = fileURLToPath(new URL('../docs/conformance.md', import.meta.url));

const templateFile = new URL('./conformance/page.md', import.meta.url);

/** The text of docs/conformance.md: the template with what the code says. @throws Error when a part is missing or unused */
export function conformanceText(): string {
  const subject = createSubject();
  const { definitions, engine, statement } = subject;
  const [jsonPatch = '', mergePatch = '', fhirPathPatch = ''] = statement.patchFormat;
  const parts = new Map<string, string | number>([
    ['version', statement.fhirVersion],
    ['all', definitions.resourceTypes.size],
    ['served', engine.mounted.size],
    ['unserved', listOf([...definitions.resourceTypes].filter((type) => !engine.mounted.has(type)))],
    ['interactions', interactionTable(subject)],
    ['stated', statedTable(subject)],
    ['formats', formatTable()],
    ['prefer', preferTable()],
    ['jsonPatch', jsonPatch],
    ['mergePatch', mergePatch],
    ['fhirPathPatch', fhirPathPatch],
    ['results', resultTable(subject)],
    ['forms', formTable(subject)],
    ['parameters', parameterTables(subject)],
    ['others', otherTypes(subject)],
    ['checked', checkedTable(subject)],
    ['external', externalTable()],
    ['unchecked', uncheckedTable()],
    ['rules', ruleTable(subject)],
    ['operations', operationTable()],
    ['limits', limitTable()],
  ]);
  return readFileSync(templateFile, 'utf8').replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`scripts/conformance/page.md asks for an unknown part: ${name}`);
    return String(part);
  });
}

const listOf = (names: readonly string[]): string => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

if (import.meta.main) {
  writeFileSync(conformanceFile, conformanceText());
  console.log(`${conformanceFile}: ${conformanceText().split('\n').length} lines`);
}
