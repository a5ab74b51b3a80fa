import type { SearchParameterDefinition } from '@naravard/fhir';
import { type Catalog, type CustomParameter, createExtractor, type Extractor } from '@naravard/search';
import type { CatalogState } from '@naravard/store';

/** What can be searched and is indexed right now: R4's parameters and our own, and the custom ones as they come and go. */
export interface LiveCatalog {
  readonly catalog: Catalog;
  readonly extract: Extractor;
  /** What this process's last step of a type's walk failed by, as `kind constraint`; without those that went well. */
  readonly failures: Map<string, string>;
  /** Takes over what the database says; true when anything that a caller can see has changed. */
  adopt(state: CatalogState): boolean;
}

export function createLiveCatalog(standard: Catalog, base: string): LiveCatalog {
  let catalog = standard;
  let extract = createExtractor(standard, base);
  let adopted: readonly CustomParameter[] = [];
  return {
    get catalog() {
      return catalog;
    },
    extract: (type, id, resource) => extract(type, id, resource),
    failures: new Map(),
    adopt(state) {
      const parameters = customParameters(state);
      const isSame = JSON.stringify(parameters) === JSON.stringify(adopted);
      if (isSame && catalog.version === state.version) return false;
      const isNew = catalog.version !== state.version;
      catalog = standard.with({ version: state.version, parameters });
      adopted = parameters;
      if (isNew) extract = createExtractor(catalog, base);
      return !isSame;
    },
  };
}

function customParameters({ parameters, types }: CatalogState): CustomParameter[] {
  return parameters.map(({ base, definition, version }) => {
    const { ready = 0, done = 0, total = 0 } = types.find(({ type }) => type === base) ?? {};
    return {
      base,
      definition: JSON.parse(definition) as SearchParameterDefinition,
      isReady: version <= ready,
      percent: percentOf(done, total),
    };
  });
}

/** Whole percents; 100 is not said before it is so. */
export const percentOf = (done: number, total: number): number =>
  total > 0 ? Math.min(99, Math.floor((100 * done) / total)) : 0;
