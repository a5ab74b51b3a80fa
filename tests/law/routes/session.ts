import type { TestApp } from '@naravard/testkit';
import type { Doc } from './told.ts';
import { keyOf } from './told.ts';
import type { Visible } from './visible.ts';
import type { Asked } from './world.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
  readonly json: any;
  readonly text: string;
}

/** What is said to be shown by one request: `Type/id/_history/n`, each with the ground that lets it be seen. */
export interface Shown {
  readonly request: string;
  readonly route: string;
  readonly versions: readonly string[];
}

/** One caller that asks every route about one patient, and what came out otherwise than it should. */
export class Session {
  readonly asked: Asked;
  readonly visible: Visible;
  readonly differences: string[] = [];
  readonly shown: Shown[] = [];
  /** How much each question found. */
  readonly found = new Map<string, number>();
  /** Requests that must have left a row of the audit. */
  readonly requests: string[] = [];
  readonly #api: TestApp;
  readonly #token: string;
  readonly #name: string;
  #turn: number;

  /** `turn`: number of the case; it decides which questions of long lists are asked. */
  constructor(api: TestApp, token: string, name: string, asked: Asked, visible: Visible, turn: number) {
    this.#api = api;
    this.#token = token;
    this.#name = name;
    this.asked = asked;
    this.visible = visible;
    this.#turn = turn;
  }

  /** Some of a list, others in each case. */
  some<T>(list: readonly T[], count: number): T[] {
    if (list.length <= count) return [...list];
    this.#turn += 1;
    const [start, step] = [this.#turn * 7, list.length % 5 === 0 ? 3 : 5];
    return Array.from({ length: count }, (_, index) => list[(start + index * step) % list.length] as T);
  }

  get patient(): string {
    return this.asked.patient;
  }

  /** Docs about the one patient. */
  get own(): readonly Doc[] {
    return this.visible.docs.filter(({ patient }) => patient === this.patient);
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const request = `${this.#name}.${this.requests.length}`;
    this.requests.push(request);
    const {
      statusCode,
      headers: answered,
      body: text,
    } = await this.#api.app.inject({
      method: method as 'GET',
      url: path.startsWith('http') ? path.slice(this.#api.base.length - 5) : `/fhir${path}`,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'x-request-id': request,
        ...(body !== undefined && { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const json = text && /json/.test(String(answered['content-type'])) ? JSON.parse(text) : undefined;
    if (statusCode >= 500) this.differences.push(`${method} ${path}: ${statusCode} ${text}`);
    return { status: statusCode, headers: { ...answered, request }, json, text };
  }

  /** Notes what is shown and should not be, and the other way round, each with the reason of the decision. */
  same(route: string, actual: Iterable<string>, expected: Iterable<string>): void {
    const [got, wanted] = [new Set(actual), new Set(expected)];
    for (const key of got.symmetricDifference(wanted)) {
      const doc = this.visible.of(key.replace(/\/_history\/\d+$/, ''));
      const version = /\/_history\/(\d+)$/.exec(key)?.[1];
      const decision = doc && this.visible.decision(doc, version === undefined ? undefined : Number(version));
      this.differences.push(
        `${route}: ${key} is ${got.has(key) ? 'shown' : 'not shown'}; the decision: ${decision?.reason ?? 'there is no such resource'}`,
      );
    }
  }

  equal(route: string, actual: unknown, expected: unknown): void {
    const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (got !== wanted) this.differences.push(`${route}: ${got} in place of ${wanted}`);
  }

  met(question: string, count: number): void {
    this.found.set(question, (this.found.get(question) ?? 0) + count);
  }

  /** Remembers what an answer showed, for the audit. */
  note(route: string, { headers }: Answer, versions: readonly string[]): void {
    this.shown.push({ request: String(headers.request), route, versions });
  }
}

/** `Type/id/_history/n` of what a Bundle shows. */
// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
export const versionsIn = (bundle: any): string[] =>
  // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
  (bundle?.entry ?? []).flatMap(({ resource, search }: any) =>
    search?.mode === 'outcome' || !resource
      ? []
      : [`${resource.resourceType}/${resource.id}/_history/${resource.meta.versionId}`],
  );

/** The same without versions, of one search mode or of all. */
// biome-ignore lint/suspicious/noExplicitAny: answers are of every type
export const keysIn = (bundle: any, mode?: 'match' | 'include'): string[] =>
  (bundle?.entry ?? [])
    // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
    .filter(({ search, resource }: any) => resource && (mode === undefined || search?.mode === mode))
    // biome-ignore lint/suspicious/noExplicitAny: answers are of every type
    .map(({ resource }: any) => keyOf({ type: resource.resourceType, id: resource.id }));
