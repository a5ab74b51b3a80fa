/** A Bundle or resource as two services can be compared by: without times and links, what is included in any order. */
// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
export function told({ entry = [], ...answer }: any): string[] {
  const of = (mode: string): string[] =>
    entry
      .filter(({ search }: { search?: { mode: string } }) => (search?.mode ?? 'match') === mode)
      .map(stable);
  return [stable(answer), ...of('match'), ...of('include').sort(), ...of('outcome')];
}

const unstable = ['lastUpdated', 'lastModified', 'timestamp', 'link', 'etag'];
const stable = (value: unknown): string =>
  JSON.stringify(value, (name, each) => {
    const isMade = name === 'id' && /^[0-9a-f]{8}-/.test(String(each));
    return unstable.includes(name) || isMade ? undefined : each;
  });
