import type { ValueSetSource } from './resources.ts';

const snomed = 'http://snomed.info/sct';

/** Of what one concept subsumes there are as many as there are concepts. */
export const isOfOneConcept = (canonical: string): boolean => canonical.startsWith(`${snomed}?fhir_vs=isa/`);

/** The value sets that SNOMED CT has without resources: all of it, and what a concept subsumes. http://hl7.org/fhir/R4/snomedct.html#implicit */
export function impliedBySnomed(canonical: string): ValueSetSource | undefined {
  const match = /^http:\/\/snomed\.info\/sct\?fhir_vs(?:=isa\/(\d{6,18}))?$/.exec(canonical);
  if (!match) return undefined;
  const [, concept] = match;
  const filter = concept === undefined ? [] : [{ property: 'concept', op: 'is-a', value: concept }];
  return {
    resourceType: 'ValueSet',
    url: canonical,
    compose: { include: [{ system: snomed, ...(filter.length && { filter }) }] },
  };
}
