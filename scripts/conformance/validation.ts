import type { Definitions, InvariantDefinition, TypeDefinition } from '@naravard/fhir';
import { externalForms, uncheckedValueSets } from '../../libs/fhir/src/validate/external-codes.ts';
import {
  isCompiled,
  unreportedInvariants,
  visitorInvariants,
} from '../../libs/fhir/src/validate/invariants.ts';
import type { Subject } from './subject.ts';
import { code, table } from './table.ts';

/** Every type that a resource can hold something of, from the resource types downwards. */
function typesOf(definitions: Definitions): TypeDefinition[] {
  const found = new Map<string, TypeDefinition>();
  const names = [...definitions.resourceTypes];
  for (const name of names) {
    const type = found.has(name) ? undefined : definitions.type(name);
    if (!type) continue;
    found.set(name, type);
    for (const element of type.elements.values()) names.push(...element.types.map((each) => each.code));
  }
  return [...found.values()];
}

function invariantsOf(types: readonly TypeDefinition[]): InvariantDefinition[] {
  const all = types.flatMap((type) => [
    ...type.invariants,
    ...[...type.elements.values()].flatMap(({ invariants }) => invariants),
  ]);
  return [...new Map(all.map((each) => [`${each.key} ${each.expression}`, each])).values()];
}

const checked = (invariants: string, bindings: string): readonly (readonly [string, string])[] => [
  [
    'Structure',
    'unknown elements, cardinality, arrays and single values, one type per choice, nothing empty, no `null` but where JSON of FHIR has it, `_name` beside primitives',
  ],
  ['JSON', 'no duplicate member names, no `__proto__`, UTF-8, the nesting limit'],
  [
    'Primitives',
    "R4's forms; dates are days of the calendar; a time has seconds, and a zone where there is a date; decimals are JSON numbers and keep their digits",
  ],
  ['Required bindings', bindings],
  ['Invariants', invariants],
  [
    'References',
    'form; type of the target where the reference tells it (relative, conditional, RESTful URL, `#id`, `type`); `#id` has its contained resource, and each contained resource is referred to',
  ],
  [
    'Extensions',
    'a URL; a value or extensions, not both; every `modifierExtension` is refused, since none is understood',
  ],
  [
    'Narrative',
    'one well-formed XHTML `div` with content; formatting elements and attributes only, no scripts, handlers, forms, frames or active styles; addresses are http, https, mailto, tel, urn or relative, images may be inline bitmaps',
  ],
  [
    'Nested resources',
    '`contained`, `Bundle.entry.resource` and `Parameters.parameter.resource` like any other',
  ],
];

/** What validation looks at. */
export function checkedTable({ definitions }: Subject): string {
  const types = typesOf(definitions);
  const all = invariantsOf(types);
  const compiled = all.filter(isCompiled);
  const warnings = all.filter(({ severity }) => severity === 'warning');
  const own = all.filter(({ key }) => visitorInvariants.has(key));
  const sets = new Set(
    types.flatMap((type) => [...type.elements.values()].flatMap(({ binding }) => binding ?? [])),
  );
  const enumerated = [...sets].filter((set) => definitions.codes(set));
  const invariants = `${all.length} of R4: ${compiled.length} by their FHIRPath, ${own.length} by code of their own (${[...visitorInvariants.keys()].join(', ')}), ${all.length - compiled.length - own.length} not at all; ${warnings.length} are warnings, which do not fail a write`;
  const bindings = `${enumerated.length} value sets that R4 enumerates, for code, Coding and CodeableConcept; the others by the decisions below`;
  return table(['What', 'Checked'], checked(invariants, bindings));
}

/** What was decided for the value sets that R4 requires and does not enumerate. */
export function externalTable(): string {
  const forms = [...externalForms].map(([url, { expected }]) => [code(url), `by form: ${expected}`]);
  const open = [...uncheckedValueSets].map((url) => [
    code(url),
    'not checked: neither published with R4 nor of a fixed form',
  ]);
  return table(
    ['Value set', 'Decision'],
    [...forms, [code('http://hl7.org/fhir/ValueSet/currencies'), 'by list: ISO 4217'], ...open],
  );
}

/** What validation leaves out. */
export const uncheckedTable = (): string =>
  table(
    ['Not checked', 'Why, or what follows'],
    [
      ...[...unreportedInvariants].map(([key, why]) => [`the invariant ${code(key)}`, why]),
      [
        'profiles of others in `meta.profile`',
        'any may be named; those of [our guide](guide.md) are checked, by category or name, and the Swedish base profiles by the ones of ours that they are compatible with',
      ],
      [
        'extensible, preferred and example bindings',
        'any code: SNOMED CT, ICD-10-SE and KVÅ need not be loaded',
      ],
      [
        'whether what is referred to exists, but for patient, subject and encounter',
        'a warning by default (`REFERENCE_POLICY`); conditional references in a transaction must match',
      ],
      [
        'the content of extensions',
        'those of the guide are checked in profiled resources; others are not known',
      ],
      [
        'how identifiers are written',
        'stored as sent, search knows their forms; what no Patient, member of staff or unit may have is a rule',
      ],
      ['domain rules of Swedish care', 'those of the next table alone'],
    ],
  );
