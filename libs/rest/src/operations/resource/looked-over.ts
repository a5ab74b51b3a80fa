import { type Finding, outcomeOf, Problem, type StagedResource } from '@naravard/fhir';
import type { Call } from '../../call.ts';
import type { Engine } from '../../engine.ts';
import type { StagedWrite } from '../../rules/staged-write.ts';
import { checksOf, type Incoming, validated, withoutErrors, writeOf } from '../../stage.ts';

/** What was found out about a resource that nothing is done with. */
export interface LookedOver {
  /** Issues of an OperationOutcome. */
  readonly issues: readonly object[];
  /** The write that it would be, without its warnings; undefined where it would be refused. */
  readonly write?: StagedWrite;
}

/**
 * All that the checks of a write find, and the named profile beside them. They are asked in the order of a write, since each
 * relies on what those before have passed: where that ends early, it is said. `profile` is known.
 */
export function lookedOver(
  engine: Engine,
  { context }: Pick<Call, 'context'>,
  incoming: Incoming,
  staged: StagedResource,
  profile: string | undefined,
): LookedOver {
  const { resource } = staged;
  const checks = checksOf(engine, staged, incoming);
  const structure = foundBy([checks.structure]);
  if (!structure.passed) return { issues: [...structure.issues, later('Profiles and rules')] };
  const profiles = foundBy([checks.profiles, ...further(engine, resource, profile), checks.taken]);
  const before = [...structure.issues, ...profiles.issues];
  if (!profiles.passed) return { issues: [...before, later('Rules')] };
  let write: StagedWrite | undefined;
  const rules = foundBy([
    checks.rules,
    () => {
      write = writeOf(engine, context, incoming, staged, []);
      return [];
    },
  ]);
  return { issues: [...before, ...rules.issues], ...(rules.passed && write && { write }) };
}

/**
 * What is found wrong with a stored resource by R4 and by profiles. The rules of care are not asked: they are about who writes,
 * and when. `profile` is known.
 */
export function asItStands(engine: Engine, resource: object, profile: string | undefined): readonly object[] {
  const structure = foundBy([() => validated(engine, resource)]);
  if (!structure.passed) return structure.issues;
  const profiles = () => withoutErrors(engine, engine.profiles.check(resource));
  return [...structure.issues, ...foundBy([profiles, ...further(engine, resource, profile)]).issues];
}

/** What a write does not ask of profiles. */
const further = (
  engine: Engine,
  resource: object,
  profile: string | undefined,
): readonly (() => readonly Finding[])[] => [
  () => (profile === undefined ? [] : withoutErrors(engine, engine.profiles.checkBy(resource, profile))),
  () => unknownProfiles(engine, resource),
];

/** What some checks find, all of them, and whether none refuses. */
export function foundBy(checks: readonly (() => readonly Finding[])[]): {
  issues: readonly object[];
  passed: boolean;
} {
  const found = checks.map((check) => {
    try {
      const warnings = check();
      return warnings.length ? new Problem('invalid', warnings) : undefined;
    } catch (error) {
      if (error instanceof Problem && error.status < 500) return error;
      throw error;
    }
  });
  const issues = found.flatMap((problem) => (problem ? outcomeOf(problem).issue : []));
  return { issues, passed: found.every((problem) => !problem || isWarned(problem)) };
}

const isWarned = ({ findings }: Problem): boolean =>
  findings.length > 0 && findings.every(({ severity }) => severity === 'warning');

const later = (what: string): object =>
  information(`${what} are looked at when the errors above are mended.`);

export const information = (diagnostics: string): object => ({
  severity: 'information',
  code: 'informational',
  diagnostics,
});

/** A write passes over profiles that nobody has told of; who asks is told. */
function unknownProfiles({ profiles }: Engine, resource: object): Finding[] {
  const { resourceType, meta } = resource as { resourceType: string; meta?: { profile?: readonly string[] } };
  return (meta?.profile ?? []).flatMap((canonical, at) =>
    profiles.knows(canonical)
      ? []
      : [
          {
            severity: 'warning',
            code: 'not-found',
            expression: `${resourceType}.meta.profile[${at}]`,
            diagnostics: `This profile is not known here, so it was not looked at: ${howToLoad}`,
          },
        ],
  );
}

/** What is told of a profile that is not known. */
export const howToLoad =
  'an administrator stores it as a StructureDefinition, or loads the package that it is in.';
