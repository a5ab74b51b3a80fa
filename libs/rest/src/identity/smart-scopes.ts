import type { Actor, Grant, GrantLetter } from '@naravard/access';

/**
 * The keys in column `tokens` of which a resource has one that meets `param=value`; undefined when that is no plain
 * question of a code, as for an identifier or a parameter that the type does not have.
 */
export type GranularKeys = (type: string, param: string, value: string) => readonly string[] | undefined;

/**
 * The scopes of a token as grants. Whatever is not understood is left out, so that nothing is ever widened: other letters
 * or another order or case, modifiers, chains, lists, escapes, more than one parameter, scopes for another kind of caller.
 * SMART App Launch 2.2, http://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html
 *
 * @param scope the claim `scope`: scopes separated by single spaces, or a list of them
 */
export function grantsOf(scope: unknown, kind: Actor['kind'], granularKeys: GranularKeys): Grant[] {
  const scopes = typeof scope === 'string' ? scope.split(' ') : Array.isArray(scope) ? scope : [];
  return scopes.flatMap((each) =>
    typeof each === 'string' ? (grantOf(each, kind, granularKeys) ?? []) : [],
  );
}

const syntax = /^(patient|user|system)\/([A-Z][A-Za-z]*|\*)\.(c?r?u?d?s?|read|write|\*)(?:\?([^?]*))?$/;

/** Version 1: read is read and search, write is all that changes. Never a delete by `read`. */
const versionOne: ReadonlyMap<string, string> = new Map([
  ['read', 'rs'],
  ['write', 'cud'],
  ['*', 'cruds'],
]);

function grantOf(scope: string, kind: Actor['kind'], granularKeys: GranularKeys): Grant | undefined {
  const parts = partsOf(scope);
  if (!parts || !contexts[kind].includes(parts.context)) return undefined;
  const { type, may, question, isOld } = parts;
  if (question === undefined) return { type, may, tokens: null };
  const tokens = isOld || type === '*' ? undefined : tokensOf(type, question, granularKeys);
  return tokens?.length ? { type, may, tokens } : undefined;
}

interface ScopeParts {
  context: string;
  type: string;
  may: ReadonlySet<GrantLetter>;
  question: string | undefined;
  /** Written as in version 1. */
  isOld: boolean;
}

function partsOf(scope: string): ScopeParts | undefined {
  const [, context, type, written, question] = syntax.exec(scope) ?? [];
  if (!context || !type || !written) return undefined;
  const old = versionOne.get(written);
  return {
    context,
    type,
    may: new Set([...(old ?? written)] as GrantLetter[]),
    question,
    isOld: old !== undefined,
  };
}

/**
 * Which contexts mean something for whom. `patient/` needs one patient that the token is about, which is who the person is
 * or acts for; staff have no such context here.
 */
const contexts: Readonly<Record<Actor['kind'], readonly string[]>> = {
  staff: ['user'],
  patient: ['user', 'patient'],
  guardian: ['user', 'patient'],
  system: ['system'],
  administrator: ['user'],
};

/** `category=code` or `category=http://system|code`, and nothing that could mean more than one code. */
const equality = /^([a-z][a-z0-9-]*)=((?:[^\s|&,\\$%+*=]+\|)?[^\s|&,\\$%+*=]+)$/;

function tokensOf(type: string, question: string, granularKeys: GranularKeys): readonly string[] | undefined {
  const [, param, value] = equality.exec(question) ?? [];
  return param === undefined || value === undefined ? undefined : granularKeys(type, param, value);
}

/**
 * Those of the requested scopes that an allowed one contains, in their order; for an issuer that never gives more than a
 * client or a person is registered for.
 */
export function narrowScope(requested: string, allowed: string): string {
  const wide = allowed.split(' ').flatMap((each) => partsOf(each) ?? []);
  const isWithin = (scope: string): boolean => {
    const parts = partsOf(scope);
    return (
      parts !== undefined &&
      wide.some(
        ({ context, type, may, question }) =>
          context === parts.context &&
          (type === '*' || type === parts.type) &&
          (question === undefined || question === parts.question) &&
          parts.may.isSubsetOf(may),
      )
    );
  };
  return requested.split(' ').filter(isWithin).join(' ');
}
