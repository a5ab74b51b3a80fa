import { Problem, type ProblemKind } from '@naravard/fhir';

const byCode: Readonly<Record<string, { kind: ProblemKind; diagnostics: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    kind: 'too-large',
    diagnostics: 'Send less at a time: split the body or the Bundle.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    kind: 'unsupported-media',
    diagnostics: 'Send Content-Type: application/fhir+json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    kind: 'structure',
    diagnostics: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: { kind: 'bad-request', diagnostics: 'The address is not percent-encoded UTF-8.' },
  FST_ERR_ASYNC_CONSTRAINT: {
    kind: 'bad-request',
    diagnostics: 'A header of the request is not understood.',
  },
  HPE_HEADER_OVERFLOW: {
    kind: 'header-too-large',
    diagnostics: 'Send shorter headers or a shorter address: POST _search.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { kind: 'timeout', diagnostics: 'Send the whole request without long pauses.' },
};

/** What of Fastify or Node went wrong, as one of our problems; anything unknown is 'internal' and keeps its cause. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? byCode[code] : undefined;
  if (known) return new Problem(known.kind, known.diagnostics, { cause: error });
  if (statusCode === 400) return new Problem('bad-request', [], { cause: error });
  return new Problem('internal', 'Report the X-Request-Id of this answer.', { cause: error });
}
