/** The sets in a Meta: http://hl7.org/fhir/R4/resource.html#Meta */
export interface Labels {
  readonly profile?: readonly string[];
  readonly tag?: readonly Label[];
  readonly security?: readonly Label[];
}

interface Label {
  readonly system?: string;
  readonly code?: string;
}

/** Operations of a JSON Patch on a resource that has these labels; none where all is as asked. */
export type Change = (present: Labels, asked: Labels) => readonly object[];

const sets = ['profile', 'security', 'tag'] as const;

/** Adds what is not there; what is sent twice is added once. */
export const adding: Change = (present, asked) =>
  sets.flatMap((set): object[] => {
    const known = new Set((present[set] ?? []).map(keyOf));
    const added = (asked[set] ?? []).filter((each) => {
      const isNew = !known.has(keyOf(each));
      known.add(keyOf(each));
      return isNew;
    });
    if (!added.length) return [];
    if (!present[set]) return [{ op: 'add', path: `/meta/${set}`, value: added }];
    return added.map((value) => ({ op: 'add', path: `/meta/${set}/-`, value }));
  });

/** Removes what is there, from the end so that the others keep their places. */
export const removing: Change = (present, asked) =>
  sets.flatMap((set): object[] => {
    const wanted = new Set((asked[set] ?? []).map(keyOf));
    const all = present[set] ?? [];
    const places = all.flatMap((each, at) => (wanted.has(keyOf(each)) ? [at] : []));
    if (places.length && places.length === all.length) return [{ op: 'remove', path: `/meta/${set}` }];
    return places.toReversed().map((at) => ({ op: 'remove', path: `/meta/${set}/${at}` }));
  });

/** A label is known by system and code, whatever its version and display, and a profile by its whole canonical. */
const keyOf = (each: string | Label | null): string =>
  typeof each === 'string' ? each : `${each?.system ?? ''}|${each?.code ?? ''}`;
