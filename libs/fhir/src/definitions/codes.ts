/** r4-codes.json: `'*'` stands for every code of `systems[system]`. */
export interface CodesFile {
  readonly valueSets: Readonly<Record<string, Readonly<Record<string, readonly string[] | '*'>>>>;
  readonly systems: Readonly<Record<string, readonly string[]>>;
  /** Bound value sets that the publication does not enumerate. */
  readonly external: readonly string[];
}

/** The sets are made on first use: most deployments touch a fifth of the 220 value sets. */
export function codeLookup(file: CodesFile): (valueSet: string) => ReadonlySet<string> | undefined {
  const made = new Map<string, ReadonlySet<string>>();
  return (valueSet) => {
    const url = valueSet.split('|', 1)[0] ?? valueSet;
    let set = made.get(url);
    const content = file.valueSets[url];
    if (!set && content) {
      set = new Set(
        Object.entries(content).flatMap(([system, listed]) =>
          (listed === '*' ? (file.systems[system] ?? []) : listed).flatMap((code) => [
            code,
            `${system}|${code}`,
          ]),
        ),
      );
      made.set(url, set);
    }
    return set;
  };
}
