import { createHash } from 'node:crypto';
import { Problem } from '@naravard/fhir';
import type {
  ExpandedCode,
  Expansion,
  Terminology,
  ValueSetHead,
  ValueSetSource,
} from '@naravard/terminology';
import { containedOf, type Shown } from './contained.ts';
import { languageAsked } from './language.ts';
import { composeAsked, expansionAsked } from './named-content.ts';
import { nested } from './nested.ts';
import { type Input, unfit } from './terminology-input.ts';
import type { TerminologyOperation } from './terminology-operation.ts';

/** Every word of it is looked for in every code. */
const longestFilter = 200;

/** Codes that one answer has at most; more are walked in pages. */
const mostCodes = 10_000;

/**
 * http://hl7.org/fhir/R4/valueset-operation-expand.html. `filter`: every word begins a word of the display, a designation
 * or the code. `count` and `offset` page through a list whose order stays the same; `count=0` asks for the total. The list
 * is flat unless `excludeNested` is false and neither a filter nor a page is asked for.
 */
export const expand: TerminologyOperation = {
  type: 'ValueSet',
  name: '$expand',
  inputs: {
    url: 'uri',
    valueSet: 'resource',
    valueSetVersion: 'string',
    context: 'unsupported',
    contextDirection: 'unsupported',
    filter: 'string',
    date: 'unsupported',
    offset: 'integer',
    count: 'integer',
    includeDesignations: 'boolean',
    designation: 'string',
    includeDefinition: 'boolean',
    activeOnly: 'boolean',
    excludeNested: 'boolean',
    excludeNotForUI: 'boolean',
    // No code system here has codes that are put together of others.
    excludePostCoordinated: 'boolean',
    displayLanguage: 'code',
    'exclude-system': 'uri',
    'system-version': 'unsupported',
    'check-system-version': 'unsupported',
    'force-system-version': 'unsupported',
  },
  answer(asked) {
    const { terminology, input, at } = asked;
    const wanted = wantedOf(input, terminology);
    const expansion = expansionAsked(asked);
    const { filter, offset = 0, count } = wanted;
    const found = filter === undefined ? expansion.codes : expansion.matching(filter);
    const codes = wanted.isWanted ? found.filter(wanted.isWanted) : found;
    const page = codes.slice(offset, count === undefined ? undefined : offset + count);
    if (page.length > mostCodes) throw tooMany(codes.length);
    const contains = wanted.isNested
      ? nested(page, terminology).map((each) => containedOf(each, wanted.shown))
      : page.map((code) => containedOf({ code, within: [] }, wanted.shown));
    const parameter = [...parametersOf(input, wanted.isNested), ...versionsOf(codes)];
    return {
      ...headOf(expansion.of, input.flag('includeDefinition') ? composeAsked(asked) : undefined),
      expansion: {
        identifier: identifierOf(expansion, parameter, codes.length),
        timestamp: at,
        total: codes.length,
        ...(wanted.isPaged && { offset }),
        ...(parameter.length && { parameter }),
        ...(contains.length && { contains }),
      },
    };
  },
};

interface Wanted {
  readonly filter: string | undefined;
  readonly offset: number | undefined;
  readonly count: number | undefined;
  readonly isPaged: boolean;
  readonly isNested: boolean;
  /** Undefined: every code. */
  readonly isWanted: ((code: ExpandedCode) => boolean) | undefined;
  readonly shown: Shown;
}

function wantedOf(input: Input, terminology: Terminology): Wanted {
  const [filter, offset, count] = [input.text('filter'), input.number('offset'), input.number('count')];
  if (filter !== undefined && filter.length > longestFilter)
    throw unfit(
      'filter',
      `filter has at most ${longestFilter} characters: give the beginnings of a few words.`,
    );
  const isPaged = offset !== undefined || count !== undefined;
  const [active, forUse] = [input.flag('activeOnly') ?? false, input.flag('excludeNotForUI') ?? false];
  const excluded = new Set(input.texts('exclude-system'));
  const isExcluded = ({ system, version }: ExpandedCode): boolean =>
    excluded.has(system) || excluded.has(`${system}|${version}`);
  const isWanted = (code: ExpandedCode): boolean =>
    !(active && code.inactive) && !(forUse && code.abstract) && !isExcluded(code);
  const tokens = input.texts('designation');
  return {
    filter,
    offset,
    count,
    isPaged,
    isNested: input.flag('excludeNested') === false && !isPaged && filter === undefined && !forUse,
    isWanted: active || forUse || excluded.size ? isWanted : undefined,
    shown: {
      language: languageAsked(input),
      designations: (input.flag('includeDesignations') ?? tokens.length > 0) ? tokens : undefined,
      languageOf: (system) => terminology.codeSystem(system)?.language,
    },
  };
}

const tooMany = (codes: number): Problem =>
  new Problem('too-costly', {
    severity: 'error',
    expression: 'count',
    diagnostics: `The value set has ${codes} codes, and one answer at most ${mostCodes}: give a filter, or count (at most ${mostCodes}) with offset to walk through it.`,
  });

/** The value set itself, whose definition comes when it is asked for. */
const headOf = ({ status, ...head }: ValueSetHead, compose: ValueSetSource['compose']): object => ({
  resourceType: 'ValueSet',
  ...head,
  status: status ?? 'active',
  compose,
});

/** What shapes an expansion, as it was understood. */
function parametersOf(input: Input, isNested: boolean): { name: string }[] {
  const text = (name: string) => input.texts(name).map((valueString) => ({ name, valueString }));
  const code = (name: string) => input.texts(name).map((valueCode) => ({ name, valueCode }));
  const uri = (name: string) => input.texts(name).map((valueUri) => ({ name, valueUri }));
  const flag = (name: string, valueBoolean = input.flag(name)) =>
    valueBoolean === undefined ? [] : [{ name, valueBoolean }];
  const number = (name: string) => (input.has(name) ? [{ name, valueInteger: input.number(name) }] : []);
  return [
    ...text('filter'),
    ...number('offset'),
    ...number('count'),
    ...flag('includeDesignations'),
    ...text('designation'),
    ...flag('activeOnly'),
    ...(input.has('excludeNested') ? flag('excludeNested', !isNested) : []),
    ...flag('excludeNotForUI'),
    ...flag('excludePostCoordinated'),
    ...code('displayLanguage'),
    ...uri('exclude-system'),
  ];
}

/** The code systems that the codes are of, each as `version`: `system|version`. */
function versionsOf(codes: readonly ExpandedCode[]): { name: string; valueUri: string }[] {
  const versions = new Set<string>();
  let last: ExpandedCode | undefined;
  for (const code of codes) {
    // Codes of one system mostly stand together.
    if (code.system === last?.system && code.version === last.version) continue;
    last = code;
    if (code.version !== null) versions.add(`${code.system}|${code.version}`);
  }
  return [...versions].map((valueUri) => ({ name: 'version', valueUri }));
}

/**
 * The same for all pages of one expansion, in all processes: of what was expanded, how, from what, to how many codes.
 * A value set without a URL is told by its codes.
 */
function identifierOf(
  { of, codes }: Expansion,
  parameter: readonly { name: string }[],
  total: number,
): string {
  const shaping = parameter.filter(({ name }) => name !== 'offset' && name !== 'count');
  const what = of.url ?? codes.map(({ system, code }) => [system, code]);
  const text = JSON.stringify([what, of.version, shaping, total]);
  const hex = createHash('sha256').update(text).digest('hex');
  // A UUID of version 8 (RFC 9562, 5.8), of our own making.
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return `urn:uuid:${parts.join('-')}-${hex.slice(20, 32)}`;
}
