import { type Decision, decide } from '@naravard/access';
import type { Include, Query } from '@naravard/search';
import { REFERS } from '../../../libs/search/src/rows/referred.ts';
import type { Indexed } from '../../search/index-database.ts';
import { oracle } from '../../search/oracle.ts';
import { mayHide, withoutHidden } from './hidden-edges.ts';
import { type Doc, isDeleted, keyOf, nothingTold, rowOf } from './told.ts';
import type { Asked, World } from './world.ts';

/** What the decision table lets one caller see of a world at an instant, cut to what searches reach in memory. */
export class Visible {
  readonly docs: readonly Doc[];
  readonly #world: World;
  readonly #asked: Asked;
  readonly #decisions = new Map<string, Decision>();
  /** Of what can be found: visible, current, not deleted. */
  readonly indexed: ReadonlyMap<string, Indexed>;

  constructor(world: World, indexed: ReadonlyMap<string, Indexed>, asked: Asked) {
    this.docs = world.docs;
    this.#world = world;
    this.#asked = asked;
    const seen = new Set(world.docs.filter((doc) => this.sees(doc)).map(keyOf));
    this.indexed = new Map(
      world.docs.flatMap((doc) => {
        const found = indexed.get(keyOf(doc));
        return found && seen.has(keyOf(doc)) ? [[keyOf(doc), this.#shown(doc, found, seen)]] : [];
      }),
    );
  }

  decision(doc: Doc, version?: number): Decision {
    const name = `${keyOf(doc)}/${version ?? ''}`;
    const known = this.#decisions.get(name);
    if (known) return known;
    const facts = this.#world.facts.get(doc.patient ?? '') ?? {
      ...nothingTold(''),
      joined: this.#world.joined,
    };
    const decision = decide(this.#asked.caller, facts, rowOf(doc, version), this.#asked.at);
    this.#decisions.set(name, decision);
    return decision;
  }

  #shown(doc: Doc, found: Indexed, seen: ReadonlySet<string>): Indexed {
    if (!mayHide(this.#asked.caller, this.#world.facts.get(doc.patient ?? ''))) return found;
    return { ...found, rows: withoutHidden(found.rows, (key) => seen.has(key)) };
  }

  sees = (doc: Doc, version?: number): boolean => this.decision(doc, version).allowed;

  of(key: string): Doc | undefined {
    return this.docs.find((doc) => keyOf(doc) === key);
  }

  /** Versions that may be seen, as `Type/id/_history/n`. */
  versions(docs: readonly Doc[]): string[] {
    return docs.flatMap((doc) =>
      doc.versions.flatMap((_, index) =>
        this.sees(doc, index + 1) ? [`${keyOf(doc)}/_history/${index + 1}`] : [],
      ),
    );
  }

  /** What a query finds, part by part, in its order when it has one part. */
  found(query: Query): string[] {
    const all = [...this.indexed.values()];
    return query.parts.flatMap((part) =>
      oracle({ ...query, parts: [part] }, all).map((id) => `${part.type}/${id}`),
    );
  }

  /** What comes with these matches. */
  included(query: Query, matches: readonly string[]): string[] {
    const found = new Set<string>();
    let round = matches;
    for (let first = true; round.length; first = false) {
      const includes = query.includes.filter(({ iterate }) => first || iterate);
      const next = new Set(round.flatMap((key) => includes.flatMap((each) => this.#follow(each, key))));
      round = [...next].filter((key) => !found.has(key));
      for (const key of round) found.add(key);
    }
    return [...found].filter((key) => !matches.includes(key));
  }

  #follow({ reverse, type, parameter, target }: Include, key: string): string[] {
    const to = target ?? parameter?.only ?? null;
    const edges = (from: Indexed) =>
      type !== null && from.type !== type
        ? []
        : from.rows.references.filter(
            (row) =>
              row.targetType !== null &&
              (parameter === null
                ? row.param !== REFERS
                : row.param === parameter.stored && from.type === parameter.resourceType) &&
              (to === null || row.targetType === to),
          );
    const targetOf = (row: Indexed['rows']['references'][number]) => `${row.targetType}/${row.target}`;
    if (!reverse) {
      const from = this.indexed.get(key);
      return from
        ? edges(from)
            .map(targetOf)
            .filter((each) => this.indexed.has(each))
        : [];
    }
    return [...this.indexed.entries()].flatMap(([name, from]) =>
      edges(from).some((row) => targetOf(row) === key) ? [name] : [],
    );
  }

  isDeleted = isDeleted;
}
