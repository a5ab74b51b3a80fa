import type { Archive } from './archive.ts';
import type { CodeSystemSource, ValueSetSource } from './resources.ts';

/** An archive in which these CodeSystem and ValueSet resources are found before those that it has; others are passed over. */
export function ownBefore(archive: Archive, resources: readonly object[]): Archive {
  const systems = byUrl<CodeSystemSource>(resources, 'CodeSystem');
  const sets = byUrl<ValueSetSource>(resources, 'ValueSet');
  return {
    codeSystem: (canonical) => find(systems, canonical) ?? archive.codeSystem(canonical),
    valueSet: (canonical) => find(sets, canonical) ?? archive.valueSet(canonical),
  };
}

interface Canonical {
  readonly resourceType: string;
  readonly url: string;
  readonly version?: string;
}

const byUrl = <T extends Canonical>(resources: readonly object[], type: T['resourceType']) =>
  new Map(
    (resources as readonly Partial<T>[])
      .filter((each): each is T => each.resourceType === type && each.url !== undefined)
      .map((each) => [each.url, each]),
  );

/** The version asked for, or undefined when that is not the one at hand. */
function find<T extends Canonical>(known: ReadonlyMap<string, T>, canonical: string): T | undefined {
  const [url = '', version] = canonical.split('|');
  const found = known.get(url);
  return version === undefined || found?.version === version ? found : undefined;
}
