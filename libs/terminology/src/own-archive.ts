import { type Archive, allOfSystem } from './archive.ts';
import type { CodeSystemSource, ConceptMapSource, ValueSetSource } from './resources.ts';

/**
 * An archive in which these CodeSystem, ValueSet and ConceptMap resources are found before those that it has; others are
 * passed over. Of several versions of one URL the greatest is found by the URL alone.
 */
export function ownBefore(archive: Archive, resources: readonly object[]): Archive {
  const allSystems = ofType<CodeSystemSource>(resources, 'CodeSystem');
  const systems = byCanonical(allSystems.filter(({ content }) => content !== 'supplement'));
  const sets = byCanonical(ofType<ValueSetSource>(resources, 'ValueSet'));
  const maps = byCanonical(ofType<ConceptMapSource>(resources, 'ConceptMap'));
  const implied = new Map(
    allSystems.flatMap(({ valueSet, url }) => (valueSet === undefined ? [] : [[valueSet, url]])),
  );
  const supplements = Map.groupBy(
    allSystems.filter(({ content }) => content === 'supplement'),
    (each) => each.supplements?.split('|')[0] ?? '',
  );
  const impliedSet = (canonical: string): ValueSetSource | undefined => {
    const system = implied.get(canonical) ?? '';
    return system === '' ? undefined : allOfSystem(canonical, system);
  };
  return {
    codeSystem: (canonical) => systems.get(canonical) ?? archive.codeSystem(canonical),
    valueSet: (canonical) => sets.get(canonical) ?? archive.valueSet(canonical) ?? impliedSet(canonical),
    conceptMap: (canonical) => maps.get(canonical) ?? archive.conceptMap(canonical),
    conceptMaps: () => [
      ...new Set([...[...maps.keys()].filter((each) => !each.includes('|')), ...archive.conceptMaps()]),
    ],
    supplements: (system) => supplements.get(system) ?? [],
  };
}

interface Canonical {
  readonly resourceType: string;
  readonly url?: string;
  readonly version?: string;
}

const ofType = <T extends Canonical>(resources: readonly object[], type: T['resourceType']) =>
  (resources as readonly Canonical[]).filter(
    (each): each is T & { url: string } => each.resourceType === type && each.url !== undefined,
  );

/** By URL and by `URL|version`. */
function byCanonical<T extends Canonical & { url: string }>(resources: readonly T[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const each of resources) {
    if (each.version !== undefined) found.set(`${each.url}|${each.version}`, each);
    const before = found.get(each.url);
    if (!before || compareVersions(before.version, each.version) <= 0) found.set(each.url, each);
  }
  return found;
}

const compareVersions = (a = '', b = ''): number => a.localeCompare(b, 'en', { numeric: true });
