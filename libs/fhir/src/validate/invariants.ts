import type { InvariantDefinition } from '../definitions/definitions.ts';

/** Invariants that the visitor checks itself instead of running their FHIRPath. */
export const visitorInvariants: ReadonlyMap<string, string> = new Map([
  ['ele-1', 'every element: visitor.ts refuses empty objects and objects with nothing but an id'],
  ['ext-1', 'visitor.ts: an Extension has either a value or extensions'],
  [
    'ref-1',
    'references.ts: its FHIRPath is empty, hence neither met nor broken, for a reference without literal',
  ],
  ['dom-2', 'contained.ts: a contained resource contains none'],
  [
    'dom-3',
    'contained.ts, from the local references met on the way: its FHIRPath walks the whole resource 7 times',
  ],
  ['txt-1', 'narrative.ts: htmlChecks() has no definition beyond its prose'],
  ['txt-2', 'narrative.ts'],
]);

/** Invariants that are not reported at all, and why. */
export const unreportedInvariants: ReadonlyMap<string, string> = new Map([
  [
    'dom-6',
    'best practice only (a resource should have narrative); it would add a warning to nearly every write',
  ],
]);

/**
 * An invariant is met only when it is true; an empty result breaks it, as in the reference validator. For these an
 * empty result means that two present values cannot be ordered (unlike precision or unit), which breaks nothing.
 */
const openIsMet: ReadonlySet<string> = new Set(['per-1', 'rng-2', 'mdd-1', 'inv-1']);

/** `name.matches(...)` (adf-0, que-0, ...) is empty where there is no name to match. */
export const isMetWhenEmpty = ({ key, expression }: InvariantDefinition): boolean =>
  openIsMet.has(key) || /^name\.matches\('[^']*'\)$/.test(expression);

export const isCompiled = ({ key }: InvariantDefinition): boolean =>
  !visitorInvariants.has(key) && !unreportedInvariants.has(key);
