import { type Definitions, type Finding, parseReference, personNumberSystems } from '@naravard/fhir';
import type { Referred } from '@naravard/store';
import type { StagedWrite } from '../rules/staged-write.ts';
import { boundElements } from './bound-elements.ts';
import { elementOf, expressionOf, type Held, heldReferences, targetsAt } from './held-references.ts';
import { elsewhere, notThere, ofVersion, unidentified } from './reference-findings.ts';
import type { ReferencePolicy } from './reference-policy.ts';

/** The references of a write as far as its text tells; what they lead to is for the store to look at. */
export interface Judged {
  /** Found without asking. */
  readonly findings: readonly Finding[];
  readonly refers: readonly Referred[];
  /** What is said when some, as `Type/id`, are not there. */
  missing(targets: readonly string[]): Finding[];
}

interface Target extends Referred {
  readonly held: Held;
}

/** Made by the service when they are asked for: they have no key rows. */
const made: ReadonlySet<string> = new Set(['AuditEvent', 'Provenance']);

export type Judge = (write: StagedWrite, own: ReadonlySet<string>) => Judged;

/** `base`: our own FHIR base. Of what is written together (`own`, as `Type/id`) nothing is asked. */
export function judgeReferences(
  definitions: Definitions,
  base: string,
  { policy, bases }: ReferencePolicy,
): Judge {
  const isBound = boundElements(definitions);
  return ({ type, staged: { resource } }, own) => {
    const findings: Finding[] = [];
    const targets: Target[] = [];
    // Told of few: each text is made when it is needed.
    const at = ({ path }: Held) => expressionOf(type, path);
    const bound = ({ path }: Held, target?: string) => isBound(type, elementOf(path), target);
    for (const held of heldReferences(resource as object)) {
      if (held.kind === 'logical') {
        if (!targetsAt(definitions, resource as object, held.path)) continue;
        const isPerson = personNumberSystems.includes(held.system);
        findings.push(unidentified(at(held), isPerson && bound(held, 'Patient')));
        continue;
      }
      const to = parseReference(held.reference, base);
      if (to.kind === 'absolute' && !bases.some((each) => to.url.startsWith(`${each}/`))) {
        findings.push(elsewhere(at(held), policy === 'enforce' || bound(held, to.type)));
      }
      if (to.kind !== 'relative') continue;
      if (to.version !== undefined && type !== 'Provenance') findings.push(ofVersion(at(held)));
      if (made.has(to.type) || own.has(`${to.type}/${to.id}`)) continue;
      const required = policy === 'enforce' || bound(held, to.type);
      targets.push({ type: to.type, id: to.id, required, held });
    }
    const missing = (keys: readonly string[]) => {
      const lost = new Set(keys);
      return targets
        .filter((each) => lost.has(`${each.type}/${each.id}`))
        .map((each) => notThere(at(each.held), each.type, each.required));
    };
    return { findings, refers: onceEach(targets), missing };
  };
}

function onceEach(targets: readonly Target[]): Referred[] {
  const all = new Map<string, Referred>();
  for (const { type, id, required } of targets) {
    const key = `${type}/${id}`;
    if (required || !all.has(key)) all.set(key, { type, id, required });
  }
  return [...all.values()];
}
