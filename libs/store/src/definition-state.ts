/** What a process keeps of some types, and works with: versions by `Type/id`. */
export interface KeptDefinitions {
  /** Of the database when they were taken; '' where nothing has been taken yet. */
  readonly mark: string;
  readonly versions: ReadonlyMap<string, number>;
}

/** What has become of them since: what is new or of another version, and what is deleted. */
export interface ChangedDefinitions {
  readonly mark: string;
  readonly changed: readonly ChangedDefinition[];
  /** `Type/id` */
  readonly gone: readonly string[];
}

export interface ChangedDefinition {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly meta: string | null;
  readonly body: string;
}
