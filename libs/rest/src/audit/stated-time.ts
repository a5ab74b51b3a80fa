/** When a read was made offline, as its client told; kept as `query` of its row. */
export const tellingTime = (at: string): string => new URLSearchParams({ at }).toString();

/** ISO instant of what `tellingTime` made; null where it tells none. */
export const statedTime = (query: string): string | null => new URLSearchParams(query).get('at');
