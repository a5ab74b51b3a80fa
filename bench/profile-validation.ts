/**
 * CPU of a behandlingsplan beside its profile and, for comparison, beside R4 alone: `node --conditions=source bench/profile-validation.ts`.
 * Budget: 600 us for a plan of 12 activities, each with a step of six sub-extensions, of which the profile has its own share.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createProfiles, createValidator, loadDefinitions } from '@naravard/fhir';
import { loadTerminology } from '@naravard/terminology';

const budget = 600;
const runMs = 150;
const own = 'https://naravard.se/fhir/StructureDefinition';
const canonical = `${own}/behandlingsplan`;
const guide = new URL('../libs/care/guide/', import.meta.url);

const resources = readdirSync(guide)
  .filter((file) => /^(?:StructureDefinition|ValueSet|CodeSystem)-.*\.json$/.test(file))
  .map((file) => JSON.parse(readFileSync(new URL(file, guide), 'utf8')) as { resourceType: string });
const isProfile = ({ resourceType }: { resourceType: string }): boolean =>
  resourceType === 'StructureDefinition';

const step = (n: number) => ({
  extension: [
    {
      url: `${own}/forsamring`,
      extension: [
        { url: 'niva', valueCode: 'ring-idag' },
        { url: 'tecken', valueString: `Svullna ben eller tyngre att andas (${n})` },
        { url: 'troskel', valueString: '+2 kg på 3 dagar' },
        { url: 'forst', valueString: 'Sätt dig upp och vila.' },
        { url: 'kontakt', valueReference: { reference: 'CareTeam/hemsjukvarden' } },
        { url: 'larm112', valueBoolean: false },
      ],
    },
    { url: `${own}/huvudman`, valueCode: 'kommun' },
  ],
  detail: {
    code: { text: `Steg ${n}` },
    status: 'scheduled',
    performer: [{ reference: 'PractitionerRole/ssk' }],
    description: 'Ring hemsjukvården samma dag.',
  },
});

const plan = {
  resourceType: 'CarePlan',
  meta: { profile: [canonical] },
  extension: [
    { url: `${own}/ansvarig-lakare`, valueReference: { reference: 'PractitionerRole/lakare' } },
    { url: `${own}/ansvarig-sjukskoterska`, valueReference: { reference: 'PractitionerRole/ssk' } },
    { url: `${own}/granskas`, valueDate: '2026-12-01' },
    { url: `${own}/synlig-for-patient`, valueBoolean: true },
    { url: `${own}/kontaktvag`, valueReference: { reference: 'CareTeam/hemsjukvarden' } },
  ],
  status: 'active',
  intent: 'plan',
  category: [
    { coding: [{ system: 'https://naravard.se/fhir/CodeSystem/plantyp', code: 'behandlingsplan' }] },
  ],
  title: 'Behandlingsplan vid hjärtsvikt',
  subject: { reference: 'Patient/astrid' },
  period: { start: '2026-11-01', end: '2027-05-01' },
  created: '2026-11-01T10:15:00+01:00',
  author: { reference: 'PractitionerRole/lakare' },
  activity: Array.from({ length: 12 }, (_, n) => step(n)),
};

/** Microseconds of CPU per call once warm; the median of five runs. */
function cpuPerCall(call: () => unknown): number {
  const once = (): number => {
    let calls = 0;
    const start = process.cpuUsage();
    for (const began = performance.now(); performance.now() - began < runMs; calls += 1) call();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / calls;
  };
  once();
  return [once(), once(), once(), once(), once()].sort((a, b) => a - b)[2] ?? Number.NaN;
}

const definitions = loadDefinitions();
const validate = createValidator(definitions);
const terminology = loadTerminology(resources.filter((each) => !isProfile(each)));
const began = performance.now();
const profiles = createProfiles(definitions, resources.filter(isProfile), (valueSet, system, code) =>
  terminology.valueSet(valueSet) ? terminology.has(valueSet, system, code) : undefined,
);
profiles.compile();
console.log(`all profiles compiled in ${(performance.now() - began).toFixed(0)} ms`);

const findings = [...validate(plan), ...profiles.check(plan, canonical)];
if (findings.length) throw new Error(`the plan of the bench is not valid: ${JSON.stringify(findings)}`);

const base = cpuPerCall(() => validate(plan));
const profiled = cpuPerCall(() => profiles.check(plan, canonical));
const whole = base + profiled;
console.log(`R4 alone     ${base.toFixed(1).padStart(8)} us  ${JSON.stringify(plan).length} bytes`);
console.log(`profile      ${profiled.toFixed(1).padStart(8)} us`);
console.log(
  `both         ${whole.toFixed(1).padStart(8)} us  ${whole <= budget ? 'within' : 'OVER'} ${budget} us`,
);
