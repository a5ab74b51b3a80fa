/**
 * CPU of `Patient/$vem-ringer-jag` over what was read, for Astrid of the demo at every hour of a week, the year's first gap
 * included: `npm run bench:contact-now`. Budget: 1,000 us.
 */
import { whomToCall } from '@naravard/care';
import { story } from '../services/all-in-one/src/sandbox/demo/story.ts';
import { storyTime } from '../services/all-in-one/src/sandbox/demo/story-time.ts';

const HOUR = 3_600_000;
const christmas = Date.parse('2026-12-21T00:00:00+01:00');

/** What the operation reads: her contacts and plans, and the whole directory of the demo. */
const read = [
  'CareTeam',
  'CarePlan',
  'PractitionerRole',
  'Practitioner',
  'Organization',
  'HealthcareService',
];
const resources = story(storyTime(new Date('2026-11-23T10:00:00Z')))
  .flatMap((chapter) => chapter.resources)
  .filter((resource) => {
    const { resourceType, subject } = resource as { resourceType: string; subject?: { reference?: string } };
    return (
      read.includes(resourceType) &&
      (subject === undefined || subject.reference === 'Patient/astrid-testberg')
    );
  });

function ask(hour: number): void {
  const at = new Date(christmas + hour * HOUR).toISOString();
  const until = new Date(christmas + (hour + 365 * 24) * HOUR).toISOString();
  whomToCall({ resources, at, until, need: 'forsamring', reader: 'patient' });
}

/** Microseconds of CPU per question; the first rounds warm what is compiled. */
function cpuPerQuestion(rounds: number): number {
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round++) for (let hour = 0; hour < 168; hour++) ask(hour);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / (rounds * 168);
}

console.log(`first week of questions ${cpuPerQuestion(1).toFixed(0)} us each`);
cpuPerQuestion(4);
console.log(`warm ${cpuPerQuestion(8).toFixed(0)} us each, of ${resources.length} resources; budget 1,000`);
