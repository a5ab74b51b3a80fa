import { type DomainRule, type Finding, type Found, Problem } from '@naravard/fhir';
import type { Query } from '@naravard/search';
import type { SearchPage, Write } from '@naravard/store';
import { atEntry } from '../bundle/at-entry.ts';
import type { AskedByGuard, WriteGuard } from '../guarded-writes.ts';
import type { ResourceModule } from '../module.ts';
import { textOf } from '../reply.ts';
import { findingsOf } from './findings-of.ts';
import { foundFor, isSearch } from './found-for.ts';
import type { StagedWrite } from './staged-write.ts';

/** Other resources that the rules about one write look at: many times what a plan names, and each is a read. */
const most = 300;

/** Rules to ask about one write. */
interface Ruled {
  readonly write: StagedWrite;
  readonly rules: readonly DomainRule[];
}

/**
 * The rules that look at other resources, asked about everything that is written together, as it will be stored: a
 * transaction may bring a team and the plan that needs it. What is not written with it is read as the caller sees it. Of
 * types without such rules nothing is asked. `base` is our own FHIR base, `queryOf` reads a search (`Type?query`).
 * @throws Problem 'business-rule' with the findings of all writes
 */
export function stagedRules(
  types: ReadonlyMap<string, ResourceModule>,
  base: string,
  queryOf: (type: string, criteria: string) => Query,
): WriteGuard {
  const rulesOf = new Map(
    [...types].flatMap(([type, { rules = [] }]) => {
      const looking = rules.filter(({ needs }) => needs !== undefined);
      return looking.length ? [[type, looking] as const] : [];
    }),
  );
  return async (_context, writes, asked) => {
    const ruled = writes.flatMap((write): Ruled[] => {
      const rules = rulesOf.get(write.type);
      return rules && isStaged(write) ? [{ write, rules }] : [];
    });
    if (ruled.length) check(ruled, await gathered(ruled, writes, { ...asked, base, queryOf }));
  };
}

const isStaged = (write: Write): write is StagedWrite => write.kind === 'put' && 'staged' in write;

interface Asked extends AskedByGuard {
  readonly base: string;
  readonly queryOf: (type: string, criteria: string) => Query;
}

/** Finds what the rules look at: among the writes, else as stored. */
function gathered(
  ruled: readonly Ruled[],
  writes: readonly Write[],
  { readAll, search, base, queryOf }: Asked,
): Promise<Found> {
  const known = new Map<string, object | undefined>(
    writes.map((write) => [`${write.type}/${write.id}`, isStaged(write) ? write.staged.resource : undefined]),
  );
  const needed = ({ write, rules }: Ruled, found: Found) => {
    const named = new Set(rules.flatMap((rule) => rule.needs?.(write.staged, found) ?? []));
    if (named.size > most) throw tooMany(write);
    return [...named];
  };
  const finding = {
    known,
    keyOf: (reference: string) => keyOf(reference, base),
    readAll,
    async search(key: string) {
      const [type = '', criteria = ''] = key.split('?', 2);
      return bundleOf(await search(queryOf(type, criteria)));
    },
  };
  return foundFor(finding, (found) => ruled.flatMap((each) => needed(each, found)));
}

const tooMany = ({ type }: StagedWrite): Problem =>
  new Problem('unprocessable', {
    severity: 'error',
    expression: type,
    diagnostics: `The rules would look at more than ${most} other resources: refer to fewer, or write several.`,
  });

const bundleOf = ({ resources }: SearchPage): object => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((stored) => ({ resource: JSON.parse(textOf(stored)) as object })),
});

/** `Type/id` of a reference to a resource here, whatever its version, and a search as it is; undefined for others. */
function keyOf(reference: string, base: string): string | undefined {
  if (isSearch(reference)) return reference;
  const relative = reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference;
  return /^([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/\d+)?$/.exec(relative)?.[1];
}

/** Warnings are left with their write, for its answer. @throws Problem 'business-rule' */
function check(ruled: readonly Ruled[], found: Found): void {
  const broken = ruled.flatMap(({ write, rules }) => {
    const findings = rules.flatMap((rule) => findingsOf(rule, write.staged, found));
    note(write, findings);
    return placed(write, findings);
  });
  if (broken.some(({ severity }) => severity === 'error')) throw new Problem('business-rule', broken);
}

/** A transaction that is run again notes nothing twice. */
function note({ warnings }: StagedWrite, findings: readonly Finding[]): void {
  for (const finding of findings) {
    if (!warnings.some(({ diagnostics }) => diagnostics === finding.diagnostics)) warnings.push(finding);
  }
}

/** With the place of the entry where they came in a Bundle. */
const placed = ({ entry: index }: StagedWrite, findings: readonly Finding[]): readonly Finding[] =>
  index === undefined || !findings.length
    ? findings
    : atEntry({ index }, new Problem('business-rule', findings)).findings;
