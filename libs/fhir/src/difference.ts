/** More paths than this are said as the element that holds them. */
const most = 50;

/**
 * Which elements differ between two versions of a resource, as FHIRPath expressions (`CarePlan.activity[1].detail`), in the
 * order of the later one; no values. Elements that the server sets at each write are left out. A list whose length differs
 * is named whole, since its members cannot be told apart by place.
 */
export function differenceOf(before: object, after: object): string[] {
  const type = String((after as { resourceType?: unknown }).resourceType ?? 'Resource');
  const paths: string[] = [];
  compare(withoutServerMeta(before), withoutServerMeta(after), type, paths);
  return paths.length <= most ? paths : [...new Set(paths.map(topOf))];
}

function compare(before: unknown, after: unknown, path: string, paths: string[]): void {
  if (Object.is(before, after)) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) paths.push(path);
    else for (const [at, each] of after.entries()) compare(before[at], each, `${path}[${at}]`, paths);
  } else if (isObject(before) && isObject(after)) {
    for (const name of new Set([...Object.keys(after), ...Object.keys(before)])) {
      compare(before[name], after[name], `${path}.${name}`, paths);
    }
  } else paths.push(path);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const topOf = (path: string): string =>
  path
    .split('.')
    .slice(0, 2)
    .join('.')
    .replace(/\[\d+\]$/, '');

function withoutServerMeta(resource: object): Record<string, unknown> {
  const { meta, ...rest } = resource as { meta?: Record<string, unknown> };
  if (!isObject(meta)) return rest;
  const { versionId: _version, lastUpdated: _time, ...kept } = meta;
  return Object.keys(kept).length ? { ...rest, meta: kept } : rest;
}
