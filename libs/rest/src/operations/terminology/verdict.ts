import { type Coding, type Designation, displayIn, shown } from '@naravard/terminology';

/** What is known of a code where it is looked for. */
interface Known {
  readonly version: string | null;
  readonly display: string | null;
  readonly abstract: boolean;
  readonly inactive: boolean;
  readonly designations: readonly Designation[];
}

/** What a code is judged by beside being there. */
export interface Criteria {
  /** False: headings are not valid. */
  readonly abstract: boolean | undefined;
  readonly language: string | undefined;
  /** Language of the displays of a code system. */
  languageOf(system: string): string | null | undefined;
}

export interface Verdict {
  readonly result: boolean;
  readonly message?: string;
  readonly display?: string;
}

/** Whether a coding is valid where `known` is what there is of its code. */
export function verdictOn(coding: Coding, known: Known, criteria: Criteria): Verdict {
  const { code = '', system = '' } = coding;
  const display = displayIn(known, criteria.language, criteria.languageOf(system)) ?? undefined;
  const told = display === undefined ? {} : { display };
  const refuse = (message: string): Verdict => ({ result: false, message, ...told });
  if (coding.version !== undefined && known.version !== null && coding.version !== known.version) {
    return refuse(
      `The code '${shown(code)}' is of version ${known.version} of its code system, not ${shown(coding.version)}.`,
    );
  }
  if (known.abstract && criteria.abstract === false) {
    return refuse(`The code '${shown(code)}' is a heading and not meant to be recorded.`);
  }
  if (!isCalled(coding.display, known)) {
    return refuse(`The code '${shown(code)}' is called '${display}', not '${shown(coding.display ?? '')}'.`);
  }
  const hint = known.inactive ? { message: `The code '${shown(code)}' is no longer in use.` } : {};
  return { result: true, ...hint, ...told };
}

/** Any of its names will do, in any language and whatever the case; a code without names is called anything. */
function isCalled(asked: string | undefined, { display, designations }: Known): boolean {
  if (asked === undefined || display === null) return true;
  const names = [display, ...designations.map(({ value }) => value)];
  return names.some((name) => folded(name) === folded(asked));
}

const folded = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();

/** One verdict of several codings: valid if one of them is. What is wrong with the others is told as a hint. */
export function together(verdicts: readonly Verdict[]): Verdict {
  const valid = verdicts.find(({ result }) => result);
  const message = verdicts.flatMap((each) => each.message ?? []).join(' ');
  const display = valid ? valid.display : verdicts.find((each) => each.display !== undefined)?.display;
  return {
    result: valid !== undefined,
    ...(message !== '' && { message }),
    ...(display !== undefined && { display }),
  };
}

/** http://hl7.org/fhir/R4/valueset-operation-validate-code.html: result, message, display. */
export const parametersOf = ({ result, message, display }: Verdict): object => ({
  resourceType: 'Parameters',
  parameter: [
    { name: 'result', valueBoolean: result },
    ...(message === undefined ? [] : [{ name: 'message', valueString: message }]),
    ...(display === undefined ? [] : [{ name: 'display', valueString: display }]),
  ],
});
