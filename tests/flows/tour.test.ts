import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tour } from '../../services/all-in-one/src/sandbox/tour.ts';
import { type ServiceProcess, startService, temporaryFolder } from '../services/service-process.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const folder = temporaryFolder();
let service: ServiceProcess;

beforeAll(async () => {
  service = await startService({ DATA_DIR: folder.path });
});
afterAll(async () => {
  await service.stop();
  folder.remove();
});

interface Answer {
  resourceType: string;
  entry?: { resource: { id: string } }[];
  parameter?: { name: string }[];
  issue?: { diagnostics?: string; details?: { text?: string } }[];
}

/** What a shell prints for the commands as they stand, npm and curl included: one JSON document each. */
async function pasted(commands: string): Promise<Answer[]> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, BASE_URL: `${service.origin}/fhir` };
  const { stdout } = await promisify(execFile)('sh', ['-c', commands], { cwd: checkout, env });
  return stdout
    .split(/(?<=^\})\n/m)
    .filter((text) => text.trim() !== '')
    .map((text) => {
      try {
        return JSON.parse(text) as Answer;
      } catch (cause) {
        throw new Error(`no JSON: ${text.slice(0, 400)}`, { cause });
      }
    });
}

/** What Parameters are about, by the name of one. */
const about: Readonly<Record<string, string>> = { access: 'accesses', first: 'whom to call' };

/** In a word, what an answer is: the number of what it holds, or its type. */
const gist = ({ resourceType, entry, parameter = [] }: Answer): string | number =>
  resourceType === 'Bundle'
    ? (entry?.length ?? 0)
    : resourceType === 'Parameters'
      ? `Parameters of ${parameter.map(({ name }) => about[name]).find(Boolean) ?? 'an opening'}`
      : resourceType;

it('The tour of the README can be pasted into a shell and shows what it says', async () => {
  const page = join(folder.path, 'plan.html');
  const commands = readmeTour()
    .replaceAll('http://localhost:8080', service.origin)
    .replace('/tmp/plan.html', page);
  const answers = await pasted(commands);
  expect(answers.map(gist)).toEqual([
    'Parameters of whom to call',
    expect.any(Number),
    6,
    8,
    'OperationOutcome',
    0,
    'OperationOutcome',
    'OperationOutcome',
    0,
    'Parameters of an opening',
    10,
    'Parameters of accesses',
    'OperationOutcome',
  ]);
  expect(readFileSync(page, 'utf8')).toContain('<html lang="sv">');
  expect(JSON.stringify(answers[0])).toContain('Dygnet runt: ring Hemsjukvården Söder.');
  expect(answers[4]?.issue?.map(({ details }) => details?.text)).toEqual([
    'Skriv vem som ansvarar för steget.',
    'Ange ansvarig sjuksköterska.',
    'Ange när planen ska ses över. Datumet ska ligga inom planens tid.',
    expect.stringMatching(/^Ingen svarar .+ Lägg till en kontaktväg för den tiden\.$/),
    'Ansvarig läkare behöver signera planen.',
  ]);
  expect(answers.at(-1)?.issue?.[0]?.diagnostics).toContain('pateint');
}, 180_000);

it('The tour that the sandbox prints asks the same', () => {
  const printed = asked(tour('http://localhost:8080/fhir'));
  const written = asked(readmeTour());
  expect(printed.length).toBe(13);
  expect(written.slice(0, printed.length)).toEqual(printed);
});

const readmeTour = (): string => {
  const [, after = ''] = readFileSync(`${checkout}/README.md`, 'utf8').split('## Five-minute tour');
  return after.split('```')[1]?.replace(/^sh\n/, '') ?? '';
};

/** Persona and path of each command, the year and bodies aside. */
const asked = (text: string): string[] =>
  [...text.matchAll(/^ *ask (\S+ '[^']+')/gm)].map(([, what = '']) => what.replace(/at=\d{4}/, 'at='));
