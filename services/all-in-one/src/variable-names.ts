const PREFIX = 'NARAVARD_';

/** Names of shells, Node, npm and OpenSSL that lie near one of ours and mean something else. */
const FOREIGN = new Set([
  'NODE',
  'HOME',
  'HOSTNAME',
  'HOSTTYPE',
  'HOSTS',
  'PORTS',
  'POST',
  'PATH',
  'MODEL',
  'CODE',
  'SSL_CERT_FILE',
]);

/** Kubernetes and Docker links set such variables for every service, also one called naravard. */
const isServiceLink = (name: string, value: string) =>
  /_SERVICE_(HOST|PORT)/.test(name) || /^(tcp|udp):\/\//.test(value) || /_PORT_\d+_(TCP|UDP)/.test(name);

/**
 * Environment variables that look like one of `known` and are not: one or two letters off (one in names of up to five
 * letters), in another case, or with the prefix NARAVARD_, which no variable has. A sentence for each.
 */
export function misspelt(
  entries: readonly (readonly [string, string | undefined])[],
  known: readonly string[],
): string[] {
  const faults: string[] = [];
  for (const [name, value] of entries) {
    if (known.includes(name) || FOREIGN.has(name) || isServiceLink(name, value ?? '')) continue;
    const prefixed = name.toUpperCase().startsWith(PREFIX);
    const bare = (prefixed ? name.slice(PREFIX.length) : name).toUpperCase();
    const near = known.find((candidate) => distance(bare, candidate) <= (candidate.length <= 5 ? 1 : 2));
    if (near) faults.push(`${name} is not a variable of naravard: did you mean ${near}?`);
    else if (prefixed) faults.push(`${name} is not a variable of naravard: see docs/configuration.md.`);
  }
  return faults;
}

/** Edits (insert, delete, replace, swap of neighbours) between two words; 3 stands for three or more. */
export function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, at(before, column - 2) + 1);
      }
      next.push(cost);
    }
    [before, last] = [last, next];
  }
  return Math.min(at(last, b.length), 3);
}

const at = (row: readonly number[], column: number): number => row[column] ?? 3;
