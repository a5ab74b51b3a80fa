import type { Compartment } from '@naravard/search';
import type { RequestContext } from '@naravard/store';
import type { Engine } from './engine.ts';
import type { FurtherFormats, Media } from './media.ts';
import type { Prefer } from './prefer.ts';
import type { Reply } from './reply.ts';

export type Pair = readonly [name: string, value: string];

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a search looks through. */
export interface SearchReach {
  /** Address below the base: `CareTeam`, `Patient/1/CarePlan`, '' for everything. */
  readonly path: string;
  readonly types: readonly string[];
  readonly compartment?: Compartment;
  /** `_type` may choose among the types. */
  readonly choice: boolean;
}

/** One interaction of http://hl7.org/fhir/R4/http.html: a value that the pipeline and a Bundle both call. */
export interface Interaction {
  /** Code of http://hl7.org/fhir/R4/valueset-system-restful-interaction.html or type-restful-interaction. */
  name: string;
  method: Method;
  /** Pattern under the FHIR base. */
  route: string;
  /** What a body may be; none = the body is not read. */
  body?: readonly Media[];
  /** What it can answer with beside FHIR JSON and XML. */
  formats?: FurtherFormats;
  /** JSON Schemas of those of its formats that are JSON, by media type: told in OpenAPI under a name. */
  schemas?: Readonly<
    Record<string, { readonly name: string; readonly schema: Readonly<Record<string, unknown>> }>
  >;
  /** Of an operation: whether it heeds If-Match, about the resource of its address. */
  matches?: true;
  /** Needs no token. */
  open?: true;
  /** May store something, so that who loses the database on the way is told that the outcome is not known. */
  writes?: true;
  /** Of a search: what it looks through. */
  reach?(engine: Engine, call: Call): SearchReach;
  /**
   * A thrown Problem has left no audit row: the pipeline writes one. A returned `refusal` is one that the store has
   * audited in the statement that found it.
   */
  handle(engine: Engine, call: Call): Promise<Reply>;
}

/** A request, whether it came alone or as an entry of a Bundle. Parts that the route does not have are ''. */
export interface Call {
  readonly type: string;
  readonly id: string;
  readonly version: string;
  /** Type of the resource, of this `id`, whose compartment is searched. */
  readonly compartment: string;
  /** Decoded query parameters but `_format` and `_pretty`, in order. */
  readonly query: readonly Pair[];
  readonly media: Media | '';
  readonly body: string;
  /** A body of media 'ndjson' as it comes, decompressed; `body` is then ''. */
  readonly stream?: AsyncIterable<Buffer>;
  /** `body` parsed, where that has been done already. */
  readonly resource?: unknown;
  readonly conditions: Conditions;
  readonly prefer: Prefer;
  /**
   * The media type that is asked for, FHIR's or one of the interaction's `formats`; absent in a Bundle. Of XML a handler knows
   * nothing: it answers FHIR JSON.
   */
  readonly format?: string;
  /** `_format` and `_pretty` as the address has them, which links of pages keep: who follows one may not set Accept. */
  readonly linked?: string;
  readonly context: RequestContext;
}

/** The conditional headers, or the fields of Bundle.entry.request with the same meaning; as sent. */
export interface Conditions {
  ifMatch?: string;
  ifNoneMatch?: string;
  ifModifiedSince?: string;
  ifNoneExist?: string;
}
