import { Problem } from '@naravard/fhir';
import type { Conditions } from './call.ts';

/** `W/"3"`: weak, because spacing is not kept. http://hl7.org/fhir/R4/http.html#versioning */
export const etagOf = (version: number): string => `W/"${version}"`;

/** The number of a version; 0, which no version has, for a text that cannot be one, so that the miss is audited as any other. */
export const versionNumber = (text: string): number => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0);

/** HTTP-date of an ISO instant. */
export const httpDate = (instant: string): string => new Date(instant).toUTCString();

const tag = /^(?:W\/)?"([^"]*)"$/;

/**
 * The version that If-Match expects; undefined without the header or for `*`.
 * http://hl7.org/fhir/R4/http.html#concurrency
 * @throws Problem 'bad-request' when it is not one entity tag.
 */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const version = tag.exec(ifMatch.trim())?.[1];
  if (version === undefined) {
    throw new Problem('bad-request', {
      severity: 'error',
      expression: 'If-Match',
      diagnostics: 'Send If-Match with one ETag as it was received, for example W/"3".',
    });
  }
  // A tag that we cannot have given never matches.
  return versionNumber(version);
}

/** PUT with `If-None-Match: *` creates only. */
export function createsOnly({ ifNoneMatch }: Conditions): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  throw new Problem('bad-request', {
    severity: 'error',
    expression: 'If-None-Match',
    diagnostics: 'A write knows If-None-Match only as *: use If-Match for a version.',
  });
}

/** Whether a conditional read may answer 304. http://hl7.org/fhir/R4/http.html#cread */
export function isUnchanged(conditions: Conditions, version: number, lastUpdated: string): boolean {
  const { ifNoneMatch, ifModifiedSince } = conditions;
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch.split(',').some((item) => {
      const text = item.trim();
      return text === '*' || tag.exec(text)?.[1] === String(version);
    });
  }
  if (ifModifiedSince === undefined) return false;
  const since = Date.parse(ifModifiedSince);
  return !Number.isNaN(since) && Math.floor(Date.parse(lastUpdated) / 1000) * 1000 <= since;
}
