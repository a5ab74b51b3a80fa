import { type Exact, type ExactObject, isExactObject, readExact } from '@naravard/fhir';

/** System of the tag that says which package a resource came with: `code` is the package, `version` its version. */
export const packageSystem = 'https://naravard.se/fhir/package';

/** The text of a resource with this id and, of a package, its tag in place of that of another version. */
export function marked(
  text: string,
  id: string,
  loaded: { name: string; version: string } | undefined,
): string {
  const { resourceType = null, id: _, meta, ...rest } = readExact(text) as ExactObject;
  const before = isExactObject(meta) ? meta : {};
  const others = Array.isArray(before.tag) ? before.tag.filter((each) => !isOurs(each)) : [];
  const tag = loaded
    ? [...others, { system: packageSystem, version: loaded.version, code: loaded.name }]
    : others;
  const { tag: _tag, ...bare } = before;
  const kept: ExactObject = tag.length ? { ...bare, tag } : bare;
  return JSON.stringify({ resourceType, id, ...(Object.keys(kept).length && { meta: kept }), ...rest });
}

const isOurs = (tag: Exact): boolean => isExactObject(tag) && tag.system === packageSystem;
