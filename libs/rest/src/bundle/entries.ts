import { bundleEntries, Problem } from '@naravard/fhir';
import type { Conditions, Interaction, Method } from '../call.ts';
import type { Engine } from '../engine.ts';
import { matchRoute, type RouteParts } from '../route.ts';

/** An entry of a batch or transaction, as it was asked. http://hl7.org/fhir/R4/bundle.html#request */
export interface Entry {
  index: number;
  fullUrl: string | undefined;
  method: Method;
  /** `HEAD` asks as GET and is answered without the resource. */
  head: boolean;
  /** Of the URL, below the base. */
  path: string;
  /** Undefined when nothing answers at this address. */
  target: { interaction: Interaction; parts: RouteParts } | undefined;
  /** Query string of the request's URL. */
  query: string;
  conditions: Conditions;
  /** Text of the resource and the same parsed. */
  text: string | undefined;
  resource: unknown;
}

interface RawEntry {
  fullUrl?: string;
  resource?: unknown;
  request: {
    method: string;
    url: string;
    ifMatch?: string;
    ifNoneMatch?: string;
    ifModifiedSince?: string;
    ifNoneExist?: string;
  };
}

/**
 * Reads a Bundle's entries; the Bundle itself, without its resources, is checked as any resource.
 * @throws Problem 'invalid' or 'too-costly'
 */
export function readEntries(
  engine: Engine,
  single: readonly Interaction[],
  text: string,
  bundle: object,
): readonly Entry[] {
  const raw: unknown = (bundle as { entry?: unknown }).entry ?? [];
  if (Array.isArray(raw) && raw.length > engine.limits.entries) {
    throw new Problem('too-costly', {
      severity: 'error',
      expression: 'Bundle.entry',
      diagnostics: `The Bundle has ${raw.length} entries: send at most ${engine.limits.entries} at a time.`,
    });
  }
  checkEnvelope(engine, bundle, raw);
  const texts = bundleEntries(text);
  return (raw as RawEntry[]).map((entry, index) => readEntry(engine, single, entry, index, texts[index]));
}

function checkEnvelope(engine: Engine, bundle: object, raw: unknown): void {
  const bare = (entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'resource' in entry ? withoutResource(entry) : entry;
  const envelope = Array.isArray(raw) && raw.length ? { ...bundle, entry: raw.map(bare) } : bundle;
  const findings = engine.validate(envelope).filter(({ severity }) => severity === 'error');
  if (findings.length) throw new Problem('invalid', findings.slice(0, engine.limits.findings));
}

function withoutResource({ resource: _, ...rest }: { resource?: unknown }): object {
  return rest;
}

function readEntry(
  engine: Engine,
  single: readonly Interaction[],
  { fullUrl, resource, request }: RawEntry,
  index: number,
  text: string | undefined,
): Entry {
  const method = (request.method === 'HEAD' ? 'GET' : request.method) as Method;
  const url = belowBase(engine.base, request.url);
  const [path = '', ...query] = url.split('?');
  return {
    index,
    fullUrl,
    method,
    head: request.method === 'HEAD',
    path,
    target: matchRoute(single, method, path),
    query: query.join('?'),
    conditions: {
      ifMatch: request.ifMatch,
      ifNoneMatch: request.ifNoneMatch,
      ifModifiedSince: request.ifModifiedSince,
      ifNoneExist: request.ifNoneExist,
    },
    text,
    resource,
  };
}

/** `Type/id` of a relative URL, of one with a leading slash, and of an absolute one under our own base. */
function belowBase(base: string, url: string): string {
  if (url.startsWith(`${base}/`)) return url.slice(base.length + 1);
  return url.startsWith('/') ? url.slice(1) : url;
}
