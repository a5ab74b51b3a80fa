// http://hl7.org/fhir/R4/search.html#uri: URLs are above and below one another by the steps of their paths
const AUTHORITY = /^[a-z][a-z0-9+.-]*:\/\/[^/?#|]+/i;
const END = /[?#|]/;

/** A URL is found under as many of the URLs above it; deeper ones are found under these too, and under none deeper. */
export const URL_LEVELS = 20;

/**
 * The URLs that a URL lies below, from its server down and without trailing slash: `https://a.se` and `https://a.se/x` for
 * `https://a.se/x/y`. A query, a fragment and a version are part of the last step. None for a urn.
 */
export function ancestorsOf(url: string): string[] {
  const authority = AUTHORITY.exec(url)?.[0];
  if (authority === undefined) return [];
  const end = END.exec(url)?.index ?? url.length;
  const ancestors: string[] = [];
  for (let at = authority.length; at >= 0 && at < end; at = url.indexOf('/', at + 1)) {
    if (ancestors.length === URL_LEVELS) break;
    ancestors.push(url.slice(0, at));
  }
  return ancestors;
}

/** Steps of a URL's path; null for what has none, such as a urn. */
export function depthOf(url: string): number | null {
  const authority = AUTHORITY.exec(url)?.[0];
  return authority === undefined ? null : url.slice(authority.length).split('/').length - 1;
}
