import type { DependencySource, Translation } from '@naravard/terminology';
import type { CodeableConcept, ParameterPart } from './terminology-input.ts';

/** Whether all that a translation depends on is among the dependencies that were sent. */
export const isMet = (
  { dependsOn }: Pick<Translation, 'dependsOn'>,
  sent: readonly (readonly ParameterPart[])[],
): boolean => dependsOn.every((each) => sent.some((parts) => meets(parts, each)));

/** Each is compared with all that a map says. */
const mostCodings = 50;

/** A dependency has the parts `element` (uri) and `concept` (CodeableConcept). */
function meets(parts: readonly ParameterPart[], { property, system, value }: DependencySource): boolean {
  const part = (name: string): ParameterPart | undefined => parts.find((each) => each.name === name);
  const element = part('element');
  if ((element?.valueUri ?? element?.valueString) !== property) return false;
  const concept = (part('concept')?.valueCodeableConcept ?? {}) as CodeableConcept;
  return (
    concept.text === value ||
    (concept.coding ?? [])
      .slice(0, mostCodings)
      .some((each) => each.code === value && (system === undefined || each.system === system))
  );
}
