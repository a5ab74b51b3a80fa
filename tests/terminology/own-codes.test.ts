import { loadTerminology } from '@naravard/terminology';
import { expect, it } from 'vitest';
import { ownGuide } from '../../services/all-in-one/src/modules.ts';
import { story } from '../../services/all-in-one/src/sandbox/demo/story.ts';
import { storyTime } from '../../services/all-in-one/src/sandbox/demo/story-time.ts';
import { patientBundle } from '../../services/all-in-one/src/seed/patient-records.ts';

const OWN = 'https://naravard.se/fhir/CodeSystem/';

interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** Codings of our own systems, wherever they stand. */
function ownCodings(value: unknown): Coding[] {
  if (Array.isArray(value)) return value.flatMap(ownCodings);
  if (typeof value !== 'object' || value === null) return [];
  const { system, code } = value as Partial<Coding>;
  const own = system?.startsWith(OWN) && code !== undefined ? [value as Coding] : [];
  return [...own, ...Object.values(value).flatMap(ownCodings)];
}

it('every code of our own that the demo and the seed use is in its code system, by the same display', () => {
  const terminology = loadTerminology(ownGuide().definitions);
  const codings = ownCodings([
    story(storyTime(new Date('2026-11-23T12:00:00Z'))),
    Array.from({ length: 20 }, (_, n) => patientBundle(1, n + 1)),
  ]);
  expect(new Set(codings.map(({ system }) => system)).size).toBeGreaterThan(3);
  for (const { system, code, display } of codings) {
    const concept = terminology.codeSystem(system)?.concept(code);
    expect([system, code, concept?.display]).toEqual([
      system,
      code,
      display ?? concept?.display ?? 'a display',
    ]);
  }
});
