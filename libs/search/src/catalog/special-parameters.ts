import type { Catalog } from './parameters.ts';

/** A parameter that every type has and that no element answers, as a CapabilityStatement names it. */
export interface SpecialParameter {
  readonly name: string;
  readonly type: 'string' | 'special';
  readonly definition?: string;
}

/** Parameters of a search as a whole, which no element answers and neither a chain nor a filter leads to. */
export const WHOLE_SEARCH: ReadonlySet<string> = new Set([
  '_content',
  '_text',
  '_filter',
  '_has',
  '_list',
  '_include',
  '_revinclude',
]);

/** Those that can be searched by; only the text ones are SearchParameters of R4. */
export function specialParameters({ fullText }: Catalog): readonly SpecialParameter[] {
  const uri = 'http://hl7.org/fhir/SearchParameter/';
  return [
    ...(fullText
      ? [
          { name: '_content', type: 'string' as const, definition: `${uri}Resource-content` },
          { name: '_text', type: 'string' as const, definition: `${uri}DomainResource-text` },
        ]
      : []),
    { name: '_filter', type: 'special' },
    { name: '_has', type: 'special' },
    { name: '_list', type: 'special' },
  ];
}
