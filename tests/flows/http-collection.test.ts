import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { interactions } from '../../libs/rest/src/interactions/table.ts';
import type { OpenApi } from '../conformance/openapi-claims.ts';
import { startWeb, type WebService } from '../web/web-service.ts';
import { pathIn, undescribed } from './described-answer.ts';
import { type HttpFile, type KeptAnswer, readHttpFile, resolved, type WrittenRequest } from './http-file.ts';

const folder = fileURLToPath(new URL('../../docs/http/', import.meta.url));
const files = readdirSync(folder).sort();

let service: WebService;
let document: OpenApi;
/** `GET /{type}/{id}` for what has been asked. */
const asked = new Set<string>();
beforeAll(async () => {
  service = await startWeb();
  document = await (await fetch(`${service.origin}/openapi.json`)).json();
});
afterAll(() => service.close());

describe.each(files)('docs/http/%s', (name) => {
  const file = readHttpFile(readFileSync(`${folder}${name}`, 'utf8'));
  const answers = new Map<string, KeptAnswer>();

  test.each(file.requests)('$method $url: $title', async (request) => {
    const { response, text, url } = await sent(file, answers, request);
    expect(request.statuses, text.slice(0, 2000)).toContain(response.status);
    const body =
      /\bjson\b/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : undefined;
    expect(undescribed(document, request.method, url, response, body)).toEqual([]);
    asked.add(`${request.method} ${pathIn(document, url)?.replace(/^\/[A-Z]\w+/, '/{type}')}`);
    if (request.name) answers.set(request.name, { headers: response.headers, body });
  });
});

test('The collection asks for every interaction that there is', () => {
  const all = interactions.map(({ method, route }) => `${method} ${route.replace(/:(\w+)/g, '{$1}')}`);
  expect(all.filter((each) => !asked.has(each))).toEqual([]);
});

async function sent(file: HttpFile, answers: ReadonlyMap<string, KeptAnswer>, request: WrittenRequest) {
  const variables = new Map([...file.variables, ['origin', service.origin]]);
  const put = (text: string) => resolved(text, variables, answers);
  const { method, body } = request;
  const url = put(request.url);
  for (;;) {
    const response = await fetch(url, {
      method,
      headers: request.headers.map(([name, value]): [string, string] => [name, put(value)]),
      ...(body && { body: put(body) }),
    });
    const text = await response.text();
    if (response.status !== request.again) return { response, text, url };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
