/** `Type/id` of a literal reference to a resource here, whatever its version; undefined for all others. */
export const keyOf = (reference: { reference?: string | undefined } | undefined): string | undefined =>
  /^([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]+)?$/.exec(
    reference?.reference ?? '',
  )?.[1];

/** The literal references of a list, as `Type/id`. */
export const keysOf = (references: readonly { reference?: string }[] | undefined): string[] =>
  (references ?? []).flatMap((each) => keyOf(each) ?? []);
