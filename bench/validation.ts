/**
 * CPU per resource of the validator: `node --conditions=source bench/validation.ts [path of third-party data]`.
 * Budget (issue 2): CarePlan <= 400 us, CareTeam <= 160 us, Encounter <= 130 us, as own typical resources.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createValidator, loadDefinitions, type Validator } from '@naravard/fhir';
import { typicalResources } from './typical-resources.ts';

const budgets: Readonly<Record<string, number>> = { CarePlan: 400, CareTeam: 160, Encounter: 130 };
const minimumMs = 400;

interface Resource {
  resourceType: string;
  entry?: { resource?: Resource }[];
}

/** Microseconds of CPU per call once warm; the median of five runs. */
function cpuPerResource(validate: Validator, resources: readonly unknown[]): number {
  const once = (): number => {
    let calls = 0;
    const start = process.cpuUsage();
    const began = performance.now();
    while (performance.now() - began < minimumMs / 5) {
      for (const resource of resources) validate(resource);
      calls += resources.length;
    }
    const { user, system } = process.cpuUsage(start);
    return (user + system) / calls;
  };
  once();
  const runs = [once(), once(), once(), once(), once()].sort((a, b) => a - b);
  return runs[2] ?? Number.NaN;
}

function thirdParty(folder: string): Map<string, unknown[]> {
  const byType = new Map<string, unknown[]>();
  for (const file of globSync(`${folder}/{r4-examples,synthea}/**/*.json`)) {
    const resource = JSON.parse(readFileSync(file, 'utf8')) as Resource;
    const inside = resource.entry?.flatMap((entry) => entry.resource ?? []) ?? [];
    for (const each of resource.resourceType === 'Bundle' ? inside : [resource]) {
      byType.set(each.resourceType, [...(byType.get(each.resourceType) ?? []), each]);
    }
  }
  return byType;
}

const started = performance.now();
const definitions = loadDefinitions();
const loaded = performance.now();
const validate = createValidator(definitions);
for (const resource of typicalResources) {
  const errors = validate(resource).filter((finding) => finding.severity === 'error');
  if (errors.length)
    throw new Error(`a typical ${resource.resourceType} is not valid: ${JSON.stringify(errors)}`);
}
console.log(
  `definitions loaded in ${(loaded - started).toFixed(0)} ms, first validations ${(performance.now() - loaded).toFixed(0)} ms`,
);
console.log(`resident ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);

console.log('\nown typical resources');
for (const resource of typicalResources) {
  const cost = cpuPerResource(validate, [resource]);
  const budget = budgets[resource.resourceType];
  const kept = budget === undefined ? '' : cost <= budget ? `within ${budget} us` : `OVER ${budget} us`;
  const size = JSON.stringify(resource).length;
  console.log(
    `${resource.resourceType.padEnd(24)} ${cost.toFixed(1).padStart(8)} us  ${String(size).padStart(6)} bytes  ${kept}`,
  );
}

const folder = process.argv[2] ?? '../shared/data';
if (existsSync(folder)) {
  console.log(`\n${folder}: r4-examples and synthea, mean by type`);
  const rows = [...thirdParty(folder)].map(([type, resources]) => ({
    type,
    count: resources.length,
    cost: cpuPerResource(validate, resources),
  }));
  for (const { type, count, cost } of rows.sort((a, b) => b.count - a.count)) {
    console.log(
      `${type.padEnd(24)} ${cost.toFixed(1).padStart(8)} us  ${String(count).padStart(6)} resources`,
    );
  }
} else console.log(`\n${folder} is not there: only own resources were measured`);
