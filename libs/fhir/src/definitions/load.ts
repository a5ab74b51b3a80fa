import { readFileSync } from 'node:fs';
import { type CodesFile, codeLookup } from './codes.ts';
import type { Child, Definitions, SearchParameterDefinition, TypeDefinition } from './definitions.ts';
import { type TypesFile, TypeTable } from './type-table.ts';

/**
 * Reads R4 (4.0.1) from the files that scripts/build-definitions.ts makes; about 15 ms and 5 MB. Call it once in
 * main and pass the result down. The files are read from src/ by the compiled code too.
 */
export function loadDefinitions(): Definitions {
  const table = new TypeTable(read<TypesFile>('r4-types.json'));
  const codes = codeLookup(read<CodesFile>('r4-codes.json'));
  const { searchParameters } = read<{ searchParameters: SearchParameterDefinition[] }>('r4-search.json');
  const compartments = read<Record<string, Record<string, string[]>>>('r4-compartments.json');
  const byBase = Map.groupBy(
    searchParameters.flatMap((parameter) => parameter.base.map((base) => ({ base, parameter }))),
    (each) => each.base,
  );
  const byType = new Map<string, readonly SearchParameterDefinition[]>();
  return {
    resourceTypes: table.resourceTypes,
    type: (name): TypeDefinition | undefined => table.type(name),
    isA: (name, ancestor): boolean => table.isA(name, ancestor),
    children: (typeName, element): readonly Child[] => table.children(typeName, element),
    searchParameters(type): readonly SearchParameterDefinition[] {
      let found = byType.get(type);
      if (!found) {
        found = table.lineage(type).flatMap((base) => (byBase.get(base) ?? []).map((each) => each.parameter));
        byType.set(type, found);
      }
      return found;
    },
    codes,
    compartments: new Set(Object.keys(compartments)),
    compartment: (name, type): readonly string[] => compartments[name]?.[type] ?? [],
    operations: read<object[]>('r4-operations.json'),
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../src/generated/${file}`, import.meta.url), 'utf8')) as T;
}
