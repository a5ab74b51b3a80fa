/** A search parameter of one type that every process takes rows for. */
export interface CustomRow {
  base: string;
  code: string;
  url: string;
  /** JSON of a SearchParameterDefinition. */
  definition: string;
  /** Version of the catalog that brought it. */
  version: number;
}

/** How far the resources of a type are with their index rows. */
export interface TypeState {
  type: string;
  /** Version of the catalog that they are being brought to. */
  version: number;
  /** Version that all of them have reached. */
  ready: number;
  /** Resources looked at, of `total`. */
  done: number;
  total: number;
}

/** What the processes on a database agree to index. */
export interface CatalogState {
  version: number;
  parameters: CustomRow[];
  types: TypeState[];
}

export interface ReindexOptions {
  /** Resources that are locked and rewritten together; 100 take about 16 ms. */
  batch: number;
  /** Milliseconds between a change of the catalog and the walk, within which every process has heard of it. */
  grace: number;
}

/**
 * `waiting`: the change is too young, or somebody else holds the job. `behind`: this process must load the catalog first.
 * `more`: a batch is done and there may be another. `done`: all resources have reached the version.
 */
export type ReindexProgress = 'waiting' | 'behind' | 'more' | 'done';
