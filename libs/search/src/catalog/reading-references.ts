import type { Parameter } from './parameter.ts';

/**
 * Whether a parameter may read what a hidden reference takes with it, in another way than by its edge: a custom one whatever
 * it selects (`CarePlan.encounter.display`, the narrative), and a composite of references to several types by its keys. Such
 * a parameter finds no resource in which any reference is hidden.
 */
export const readsWithinReferences = ({ custom, components }: Parameter): boolean =>
  custom === true ||
  components?.some(({ parameter }) => parameter.type === 'reference' && parameter.targets.length !== 1) ===
    true;
