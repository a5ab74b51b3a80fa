/** R4 data types, as far as a stated fact is read from them. The resources have been validated before. */
export interface Coding {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

export interface Identifier {
  readonly system?: string;
  readonly value?: string;
}

export interface Reference {
  readonly reference?: string;
  readonly type?: string;
  readonly identifier?: Identifier;
}

export interface Extension {
  readonly url: string;
  readonly valueBoolean?: boolean;
  readonly valueString?: string;
  readonly valueCode?: string;
}

export interface Period {
  readonly start?: string;
  readonly end?: string;
}

/** The codes of one system among some concepts, each once. */
export const codesOf = (concepts: readonly CodeableConcept[] | undefined, system: string): string[] => [
  ...new Set(
    (concepts ?? []).flatMap(({ coding }) =>
      (coding ?? []).flatMap((each) =>
        each.system === system && each.code !== undefined ? [each.code] : [],
      ),
    ),
  ),
];
