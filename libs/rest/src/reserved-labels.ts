import { marks } from '@naravard/access';
import { Problem } from '@naravard/fhir';
import { SEVERAL_PATIENTS } from '@naravard/search';

/** `system|code`. They are derived from the resource at each write, and close it to others, or keep a spärr off it. */
const reserved: ReadonlySet<string> = new Set([marks.showsBlock, marks.answer, SEVERAL_PATIENTS]);

/**
 * Security labels that only the service sets are not taken from a body, however it came about: what a client set it could
 * take away again. PDL (2008:355) 4 kap 4 §: a spärr is not undone by an edit.
 * @throws Problem 'forbidden'
 */
export function refuseReservedLabels(resource: object): void {
  const { security } = (resource as { meta?: { security?: unknown } }).meta ?? {};
  if (!Array.isArray(security)) return;
  const at = security.findIndex((label: { system?: string; code?: string } | null) =>
    reserved.has(`${label?.system}|${label?.code}`),
  );
  if (at < 0) return;
  throw new Problem('forbidden', {
    severity: 'error',
    expression: `meta.security[${at}]`,
    diagnostics: 'The service itself sets this security label: leave it out.',
  });
}
