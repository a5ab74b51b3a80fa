import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';

/** Invariants that the oracle cannot judge; each has cases of its own in invariant-rules.test.ts. */
export const notJudged: Readonly<Record<string, string>> = {
  'ctm-1 on CareTeam.participant': 'resolve() asks the network; ours knows the type that a reference names',
  'eld-16 on ElementDefinition': 'the pattern is refused: it is compiled with the flag u',
  'eld-19 on ElementDefinition': 'the pattern is refused: it is compiled with the flag u',
  'eld-20 on ElementDefinition': 'the pattern is refused: it is compiled with the flag u',
  'que-7 on Questionnaire.item.enableWhen':
    'Boolean is System.Boolean only; ours takes a FHIR boolean as R4 means it',
  'ras-1 on decimal': 'a bare decimal as root is not supported (5.1.1: ctx.getDecimal is not a function)',
  'rng-2 on Range': 'quantities without value are ordered (1.5 <= {} is true); ours cannot tell',
};

/** The invariant as fhirpath.js evaluates it: true, false or undefined (empty). */
export function oracleOf(
  expression: string,
  type: string,
): (value: unknown, root: unknown) => boolean | undefined {
  const base = type === 'SimpleQuantity' ? 'Quantity' : type;
  const run = fhirpath.compile({ base, expression }, r4);
  return (value, root) => {
    const variables = {
      resource: root,
      rootResource: root,
      context: value,
      ucum: 'http://unitsofmeasure.org',
    };
    // It writes to what it is given, and trace() writes to the console.
    const log = console.log;
    console.log = () => undefined;
    const result = run(structuredClone(value), variables) as unknown[];
    console.log = log;
    const [first] = result;
    if (!result.length) return undefined;
    return result.length === 1 && typeof first === 'boolean' ? first : true;
  };
}
