import { createXml, loadDefinitions, Problem } from '@naravard/fhir';

export const definitions = loadDefinitions();
export const xml = createXml(definitions);

const exact = JSON as unknown as {
  parse(
    text: string,
    revive: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
  isRawJSON(value: unknown): boolean;
};

/** JSON text with its members sorted and its digits kept, so that two texts compare as values. */
export function sorted(text: string): string {
  const value = exact.parse(text, (_key, each, { source }) =>
    typeof each === 'number' && source !== undefined ? exact.rawJSON(source) : each,
  );
  return JSON.stringify(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null || exact.isRawJSON(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, inOrder(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const patient = (content: string, attributes = ''): string =>
  `<Patient xmlns="http://hl7.org/fhir"${attributes}>${content}</Patient>`;

export function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('no problem was thrown');
}

/** What a document is refused with: kind, expression and diagnostics. */
export function refusalOf(text: string): readonly [string, string | undefined, string] {
  const { kind, findings } = problemOf(() => xml.read(text));
  return [kind, findings[0]?.expression, findings[0]?.diagnostics ?? ''];
}
