import { Problem } from './outcome.ts';
import { elementsOf, membersOf, skipSpace, survey } from './spans.ts';

/** Deepest nesting that is read; FHIR's own resources stay below 20. */
export const maxDepth = 64;

/**
 * Parses JSON strictly: at most `depth` levels, no duplicate member names, no `__proto__`.
 * http://hl7.org/fhir/R4/json.html: "property names SHALL be unique".
 * @throws Problem 'structure' that says where, without quoting the text.
 */
export function readJson(text: string, depth: number = maxDepth): unknown {
  const { depth: found, members } = survey(text);
  if (found > depth)
    throw new Problem('structure', `The JSON nests ${found} levels; at most ${depth} are read.`);
  const value = parse(text);
  const counted = countMembers(value);
  if (counted === 'proto')
    throw new Problem('structure', 'The member name `__proto__` is not allowed: remove it.');
  if (counted !== members) {
    const path = findDuplicate(text, skipSpace(text, 0), '') ?? '';
    throw new Problem('structure', {
      severity: 'error',
      expression: path,
      diagnostics: `The member ${path} occurs twice in its object: send it once.`,
    });
  }
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message quotes the text, which may hold personal data: only the one character is passed on.
    const token = /token '(.)'/su.exec(String(error))?.[1];
    const where =
      token === undefined ? 'it breaks off or holds a bad escape' : `\`${token}\` stands where it may not`;
    throw new Problem('structure', `The body is not JSON: ${where}.`);
  }
}

/** Members of all objects within `value`, or 'proto' when one of them is named `__proto__`. */
function countMembers(value: unknown): number | 'proto' {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      const inner = countMembers(item);
      if (inner === 'proto') return inner;
      count += inner;
    }
    return count;
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__') return 'proto';
    const inner = countMembers((value as Record<string, unknown>)[name]);
    if (inner === 'proto') return inner;
    count += inner + 1;
  }
  return count;
}

/**
 * Whether a name from outside may be repeated in an error: it is neither free text nor holds a long number, and has at
 * most `longest` characters.
 */
export const isNameable = (name: string, longest = 64): boolean =>
  name.length <= longest && /^(?!.*\d{6})[\w.:-]+$/.test(name);

/** Path of the first member that occurs twice; a name that may be personal data is given by its place, `member-3`. */
function findDuplicate(text: string, at: number, path: string): string | undefined {
  if (text[at] === '[') {
    return elementsOf(text, at)
      .map(({ start }, index) => findDuplicate(text, start, `${path}[${index}]`))
      .find((found) => found !== undefined);
  }
  if (text[at] !== '{') return undefined;
  const seen = new Set<string>();
  for (const [index, { name, start }] of membersOf(text, at).entries()) {
    const own = isNameable(name) ? name : `member-${index + 1}`;
    const inner = path ? `${path}.${own}` : own;
    if (seen.has(name)) return inner;
    seen.add(name);
    const found = findDuplicate(text, start, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
