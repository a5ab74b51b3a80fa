// http://hl7.org/fhir/R4/references.html
import { canonicalIdentifier, identifierSystems } from '../identifier.ts';
import { isUriMember, parseReference } from '../reference.ts';
import { elementsOf, type Member, membersOf, skipSpace } from '../spans.ts';
import { absent, neutralNarrative, protectedText } from './masked-values.ts';
import { type Replacement, rewriteArray, rewriteObject } from './rewrite.ts';
import { redactedLabel, withLabels } from './security-labels.ts';

/** A resource here that another one refers to. */
export interface ReferredResource {
  readonly type: string;
  readonly id: string;
}

/**
 * The resources here that a resource's text refers to literally, each once, whatever the version: by Reference, and by
 * elements of a uri type (`valueUri`, `Attachment.url`). `base` is our own FHIR base: absolute references below it are ours.
 */
export function referencesOf(text: string, base?: string): ReferredResource[] {
  const found = new Map<string, ReferredResource>();
  visitUris(text, skipSpace(text, 0), (literal) => {
    const referred = resourceOf(literal, base);
    if (referred) found.set(`${referred.type}/${referred.id}`, referred);
  });
  return [...found.values()];
}

/**
 * The resource's text with each Reference to a hidden resource replaced by data-absent-reason `masked`: id, type, business
 * identifier and display alike, since each tells of what is hidden. Its narratives give way to a neutral one, for they may
 * repeat it, and the label REDACTED says so. The same text when nothing in it is hidden.
 */
export function hideReferences(
  text: string,
  hidden: (type: string, id: string) => boolean,
  base?: string,
): string {
  const hides = (literal: string): boolean => {
    const referred = resourceOf(literal, base);
    return referred !== undefined && hidden(referred.type, referred.id);
  };
  if (!referencesOf(text, base).some(({ type, id }) => hidden(type, id))) return text;
  const rewritten = rewrite(text, skipSpace(text, 0), (members) =>
    isNarrative(members) ? neutralNarrative : hideIn(text, members, hides),
  );
  return withLabels(rewritten ?? text, [redactedLabel]);
}

/** People whose names are not shown: by the resource here that a Reference is to, or by the HSA-id in it. */
export interface Nameless {
  resource(type: string, id: string): boolean;
  /** In canonical form. */
  hsaId(value: string): boolean;
}

/**
 * The resource's text without the names (`display`) of References to the people given; the References stay. For staff
 * with protected identity, whose unit is shown instead, and for protected persons in what is about others. A CareTeam that is
 * one person may be named after the person, so its name goes too. Its narratives may name them, and give way to a neutral one;
 * only then it is labelled REDACTED, since who stores it again without the names takes nothing from it.
 */
export function hideNames(text: string, nameless: Nameless, base?: string): string {
  const names = (members: readonly Member[]): boolean =>
    isReference(members) && isNameless(text, members, nameless, base);
  const start = skipSpace(text, 0);
  if (!someObject(text, start, names)) return text;
  let isRedacted = false;
  const rewritten = rewrite(text, start, (members) => {
    if (isNarrative(members)) {
      isRedacted = true;
      return neutralNarrative;
    }
    if (isOnePerson(text, members)) return hiding('name');
    if (!names(members)) return undefined;
    return hiding('display');
  });
  return isRedacted ? withLabels(rewritten ?? text, [redactedLabel]) : (rewritten ?? text);
}

/** A text in an object gives way to one that says that it is protected. */
const hiding =
  (element: string): Choice =>
  ({ name }) =>
    name === element ? protectedText : name === `_${element}` ? null : undefined;

/** Category of a CareTeam that stands for one person: Inera CareTeam IG 0.9. */
function isOnePerson(text: string, members: readonly Member[]): boolean {
  const said = (element: string): string => {
    const member = members.find(({ name }) => name === element);
    return member ? text.slice(member.start, member.end) : '';
  };
  return said('resourceType') === '"CareTeam"' && said('category').includes('"fast-kontakt"');
}

function isNameless(
  text: string,
  members: readonly Member[],
  { resource, hsaId }: Nameless,
  base: string | undefined,
): boolean {
  const referred = resourceOf(literalOf(text, members), base);
  if (referred && resource(referred.type, referred.id)) return true;
  const identifier = members.find(({ name }) => name === 'identifier');
  if (!identifier || text[identifier.start] !== '{') return false;
  const { system, value } = JSON.parse(text.slice(identifier.start, identifier.end)) as {
    system?: unknown;
    value?: unknown;
  };
  if (typeof system !== 'string' || typeof value !== 'string') return false;
  const number = canonicalIdentifier(system, value);
  return number.system === identifierSystems.hsaId && hsaId(number.value);
}

/** Whether the members of some object below the value at `at` meet a test. */
function someObject(text: string, at: number, test: (members: readonly Member[]) => boolean): boolean {
  if (text[at] === '[') return elementsOf(text, at).some(({ start }) => someObject(text, start, test));
  if (text[at] !== '{') return false;
  const members = membersOf(text, at);
  return test(members) || members.some(({ start }) => someObject(text, start, test));
}

/** What to do with an object: replace it, replace members of it, or look into it. */
type Choice = string | ((member: Member) => Replacement) | undefined;

function rewrite(text: string, at: number, choose: (members: readonly Member[]) => Choice): Replacement {
  if (text[at] === '[') return rewriteArray(text, at, (start) => rewrite(text, start, choose));
  if (text[at] !== '{') return undefined;
  const choice = choose(membersOf(text, at));
  if (typeof choice === 'string') return choice;
  return rewriteObject(text, at, (member) => {
    const chosen = choice?.(member);
    return chosen === undefined ? rewrite(text, member.start, choose) : chosen;
  });
}

function hideIn(text: string, members: readonly Member[], hides: (literal: string) => boolean): Choice {
  if (isReference(members) && hides(literalOf(text, members))) return absent;
  const masked = ({ start, end }: Pick<Member, 'start' | 'end'>): Replacement =>
    text[start] === '"' && hides(JSON.parse(text.slice(start, end)) as string) ? maskedUri : undefined;
  return (member) => {
    if (!isUriMember(member.name)) return undefined;
    if (text[member.start] !== '[') return masked(member);
    const ends = new Map(elementsOf(text, member.start).map(({ start, end }) => [start, end]));
    return rewriteArray(text, member.start, (start) => masked({ start, end: ends.get(start) ?? start }));
  };
}

/** A uri that leads nowhere, and so needs no other member beside it. */
const maskedUri = '"urn:naravard:masked"';

const referenceMembers: ReadonlySet<string> = new Set(
  ['id', 'extension', 'reference', 'type', 'identifier', 'display'].flatMap((name) => [name, `_${name}`]),
);

/** Other types with such an element (Expression, DetectedIssue) have members that a Reference has not. */
const isReference = (members: readonly Member[]): boolean =>
  members.some(({ name }) => name === 'reference' || name === 'identifier') &&
  members.every(({ name }) => referenceMembers.has(name));

const isNarrative = (members: readonly Member[]): boolean =>
  members.some(({ name }) => name === 'div') && members.some(({ name }) => name === 'status');

function literalOf(text: string, members: readonly Member[]): string {
  const member = members.find(({ name }) => name === 'reference');
  return member && text[member.start] === '"'
    ? (JSON.parse(text.slice(member.start, member.end)) as string)
    : '';
}

function resourceOf(literal: string, base: string | undefined): ReferredResource | undefined {
  const parsed = parseReference(literal, base);
  return parsed.kind === 'relative' ? { type: parsed.type, id: parsed.id } : undefined;
}

/** Visits each string that a uri-like member holds, alone or in a list, below the value at `at`. */
function visitUris(text: string, at: number, visit: (value: string) => void): void {
  if (text[at] === '[') for (const { start } of elementsOf(text, at)) visitUris(text, start, visit);
  else if (text[at] === '{')
    for (const { name, start, end } of membersOf(text, at)) {
      const values = text[start] === '[' ? elementsOf(text, start) : [{ start, end }];
      for (const value of values) {
        if (text[value.start] !== '"') visitUris(text, value.start, visit);
        else if (isUriMember(name)) visit(JSON.parse(text.slice(value.start, value.end)) as string);
      }
    }
}
