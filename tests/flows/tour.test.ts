import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
  issue?: { diagnostics?: string }[];
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

/** In a word, what an answer is: the number of what it holds, or its type. */
const gist = ({ resourceType, entry, parameter = [] }: Answer): string | number =>
  resourceType === 'Bundle'
    ? (entry?.length ?? 0)
    : resourceType === 'Parameters'
      ? `Parameters of ${parameter.some(({ name }) => name === 'access') ? 'accesses' : 'an opening'}`
      : resourceType;

it('The tour of the README can be pasted into a shell and shows what it says', async () => {
  const commands = readmeTour().replaceAll('http://localhost:8080', service.origin);
  const answers = await pasted(commands);
  expect(answers.map(gist)).toEqual([
    5,
    8,
    expect.any(Number),
    0,
    'OperationOutcome',
    'OperationOutcome',
    0,
    'Parameters of an opening',
    9,
    'Parameters of accesses',
    'OperationOutcome',
  ]);
  expect(answers.at(-1)?.issue?.[0]?.diagnostics).toContain('pateint');
}, 180_000);

it('The tour that the sandbox prints asks the same', () => {
  const printed = asked(tour('http://localhost:8080/fhir'));
  const written = asked(readmeTour());
  expect(printed.length).toBe(10);
  expect(written.slice(0, printed.length)).toEqual(printed);
});

const readmeTour = (): string => {
  const [, after = ''] = readFileSync(`${checkout}/README.md`, 'utf8').split('## Five-minute tour');
  return after.split('```')[1]?.replace(/^sh\n/, '') ?? '';
};

/** Persona and path of each command, days and bodies aside. */
const asked = (text: string): string[] =>
  [...text.matchAll(/^ *ask (\S+ '[^']+')/gm)].map(([, what = '']) => what.replace(/&date=ge[\d-]+/, ''));
