import type { ExpandedCode, Terminology } from '@naravard/terminology';
import type { Nested } from './contained.ts';

interface Growing extends Nested {
  readonly within: Growing[];
  parent: Growing | undefined;
}

/**
 * The codes of an expansion within each other as their code systems have them: each once, below the nearest of those that
 * subsume it and are in the expansion too. The order stays.
 */
export function nested(codes: readonly ExpandedCode[], terminology: Terminology): readonly Nested[] {
  const all = new Map<string, Growing>(
    codes.map((code) => [keyOf(code.system, code.code), { code, within: [], parent: undefined }]),
  );
  for (const each of all.values()) {
    const { system, code } = each.code;
    const above = terminology.codeSystem(system)?.above(code) ?? [];
    const parent = above
      .filter((other) => other !== code)
      .flatMap((other) => all.get(keyOf(system, other)) ?? [])
      .find((other) => !isBelow(other, each));
    each.parent = parent;
    parent?.within.push(each);
  }
  return [...all.values()].filter(({ parent }) => parent === undefined);
}

/** Whether it stands below another one already: codes that subsume each other would vanish. */
function isBelow(code: Growing, other: Growing): boolean {
  let at: Growing | undefined = code;
  while (at !== undefined && at !== other) at = at.parent;
  return at === other;
}

const keyOf = (system: string, code: string): string => `${system}|${code}`;
