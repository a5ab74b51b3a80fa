// http://hl7.org/fhir/R4/datatypes.html#ContactPoint
import { type Member, membersOf, skipSpace } from '../spans.ts';
import { neutralNarrative } from './masked-values.ts';
import { type Replacement, rewriteArray, rewriteObject } from './rewrite.ts';
import { redactedLabel, withLabels } from './security-labels.ts';

/** Extension of a ContactPoint, valueCode `patient`, `narstaende` or `personal`: for whom the number is; without it for all. */
export const audienceExtension = 'https://naravard.se/fhir/StructureDefinition/malgrupp';

/** Who is no member of the staff. */
const persons: readonly unknown[] = ['patient', 'narstaende'];

interface Said {
  readonly url?: unknown;
  readonly valueCode?: unknown;
}

/** Whether the extensions of a number say for whom it is, and name neither the patient nor relatives. */
export function isForStaffAlone(extensions: readonly Said[]): boolean {
  const audience = extensions
    .filter(({ url }) => url === audienceExtension)
    .map(({ valueCode }) => valueCode);
  return audience.length > 0 && !audience.some((each) => persons.includes(each));
}

/**
 * The resource's text without the numbers that are for the staff alone, as that of the doctor on duty at night: for the patient and
 * who acts for the patient. Its narratives may say them, and give way to a neutral one. The same text when there are none.
 */
export function hideStaffNumbers(text: string): string {
  // An escape may spell the name of the extension in another way.
  if (!text.includes(audienceExtension) && !/\\[/u]/.test(text)) return text;
  const start = skipSpace(text, 0);
  if (cut(text, start, isForStaff) === undefined) return text;
  const rewritten = cut(text, start, (source, members) =>
    isNarrative(members) ? neutralNarrative : isForStaff(source, members),
  );
  return withLabels(rewritten ?? text, [redactedLabel]);
}

/** What takes the place of an object; undefined looks into it. */
type Choose = (text: string, members: readonly Member[]) => Replacement;

function cut(text: string, at: number, choose: Choose): Replacement {
  if (text[at] === '[') return rewriteArray(text, at, (start) => cut(text, start, choose));
  if (text[at] !== '{') return undefined;
  const choice = choose(text, membersOf(text, at));
  return choice === undefined ? rewriteObject(text, at, ({ start }) => cut(text, start, choose)) : choice;
}

const isForStaff: Choose = (text, members) => {
  const extension = members.find(({ name }) => name === 'extension');
  if (!extension) return undefined;
  const said = JSON.parse(text.slice(extension.start, extension.end)) as Said[];
  return isForStaffAlone(said) ? null : undefined;
};

const isNarrative = (members: readonly Member[]): boolean =>
  members.some(({ name }) => name === 'div') && members.some(({ name }) => name === 'status');
