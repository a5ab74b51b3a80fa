import type { IncomingMessage } from 'node:http';
import { Problem } from '@naravard/fhir';
import type { FastifyInstance } from 'fastify';

/** Characters: a page link takes up to 12,000 (page-token.ts), and RFC 9110 section 4.1 asks for 8,000 at least. */
const longestAddress = 13_000;

/** Node passes over headers beyond 2,000 in silence, and If-Match may be among them. */
const mostHeaders = 100;

/** What is said once; of two, Node and the proxy in front of it may each believe another. RFC 9110 section 5.3. */
const single = new Map(
  ['Authorization', 'Content-Encoding', 'Content-Type', 'DPoP', 'Host', 'If-None-Exist'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);
const longestSingle = Math.max(...[...single.keys()].map((name) => name.length));

/** Slashes, backslashes and control characters, percent-encoded: no path here has them, and proxies disagree about them. */
const doubtful = /%(?:2f|5c|7f|[01][0-9a-f])/i;

/** Refuses what is doubtful before anything is looked up by it; the parser of Node has refused what is not HTTP. */
export function checkHeads(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const problem = problemIn(request.raw);
    if (problem) done(problem);
    else done();
  });
}

function problemIn({ url = '', rawHeaders }: IncomingMessage): Problem | undefined {
  if (url.length > longestAddress)
    return new Problem('address-too-long', `Send at most ${longestAddress} characters: POST _search.`);
  const query = url.indexOf('?');
  if (doubtful.test(query < 0 ? url : url.slice(0, query)))
    return new Problem('bad-request', 'No path here holds an encoded slash or control character: remove it.');
  if (rawHeaders.length > 2 * mostHeaders)
    return new Problem('header-too-large', `Send at most ${mostHeaders} headers.`);
  return repeated(rawHeaders);
}

/** @param rawHeaders names and values in turns, as sent */
function repeated(rawHeaders: readonly string[]): Problem | undefined {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const sent = rawHeaders[at] ?? '';
    const name = sent.length > longestSingle ? undefined : single.get(sent.toLowerCase());
    if (name === undefined) continue;
    if (seen.has(name)) {
      const kind = name.startsWith('Content-') ? 'unsupported-media' : 'bad-request';
      return new Problem(kind, {
        severity: 'error',
        expression: name,
        diagnostics: 'Send this header once.',
      });
    }
    seen.add(name);
  }
  return undefined;
}
