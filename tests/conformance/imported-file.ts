import { randomUUID } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import type { PersonaId, TestApp, TestResponse } from '@naravard/testkit';

export const ndjson = 'application/fhir+ndjson';

/** A file of NDJSON; what is a string is a line as it is. */
export const fileOf = (lines: readonly (object | string)[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

export const newId = (): string => randomUUID();

/** A file sent in one piece. */
export const imported = (
  { app, issuer }: TestApp,
  id: string,
  file: string | Buffer,
  { as = 'journalsystem', headers = {} }: { as?: PersonaId; headers?: Record<string, string> } = {},
): Promise<TestResponse> =>
  issuer.token(as).then(async (token) => {
    const {
      statusCode,
      headers: answered,
      body,
    } = await app.inject({
      method: 'POST',
      url: `/fhir/$import?id=${id}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': ndjson, ...headers },
      payload: file,
    });
    const given = answered as TestResponse['headers'];
    return {
      status: statusCode,
      headers: given,
      text: body,
      json: body === '' ? undefined : JSON.parse(body),
    };
  });

/** The parameters of an answer, by name. */
export const told = ({ json }: TestResponse): Record<string, string | number> =>
  Object.fromEntries(
    json.parameter.map(({ name, ...value }: { name: string }) => [name, Object.values(value)[0]]),
  );

export interface Outcome {
  readonly line: number;
  readonly status: number;
  readonly location?: string;
  /** Code, expression and severity of its issues. */
  readonly issues: readonly (readonly [code: string, expression: string | undefined, severity: string])[];
}

/** What is told of the lines of an import. */
export async function outcomesOf(
  fhir: TestApp,
  id: string,
  as: PersonaId = 'journalsystem',
): Promise<Outcome[]> {
  const { status, text } = await fhir.ask('GET', `/$import/${id}/outcome`, { as });
  if (status !== 200) throw new Error(`the outcomes answered ${status}`);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
      const value = (name: string): any =>
        Object.values(
          JSON.parse(line).parameter.find((each: { name: string }) => each.name === name) ?? {},
        )[1];
      // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
      const issues = value('outcome').issue.map((each: any) => [
        each.details.coding[0].code,
        each.expression?.[0],
        each.severity,
      ]);
      const location = value('location');
      return { line: value('line'), status: value('status'), ...(location && { location }), issues };
    });
}

/** An upload over a socket, piece by piece. */
export interface Upload {
  readonly request: ClientRequest;
  /** Resolves when the piece is taken. */
  write(piece: string | Buffer): Promise<void>;
  /** Status and text; status 0 when the socket was closed without an answer. */
  readonly answer: Promise<{ status: number; text: string }>;
}

export async function uploading(
  fhir: TestApp,
  port: number,
  id: string,
  { as = 'journalsystem', headers = {} }: { as?: PersonaId; headers?: Record<string, string> } = {},
): Promise<Upload> {
  const token = await fhir.issuer.token(as);
  const sending = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: `/fhir/$import?id=${id}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': ndjson, ...headers },
    agent: false,
  });
  const answer = new Promise<{ status: number; text: string }>((resolve) => {
    sending.on('error', () => resolve({ status: 0, text: '' }));
    sending.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('close', () => resolve({ status: response.statusCode ?? 0, text }));
    });
  });
  return {
    request: sending,
    answer,
    async write(piece) {
      const taken = new Promise<void>((resolve) => sending.write(piece, () => resolve()));
      await Promise.race([taken, answer]);
    },
  };
}

/** Asks until it is so, at most 10 s. */
export async function until<T>(ask: () => Promise<T>, isSo: (found: T) => boolean): Promise<T> {
  const end = performance.now() + 10_000;
  for (;;) {
    const found = await ask();
    if (isSo(found)) return found;
    if (performance.now() > end) throw new Error(`it was never so: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
