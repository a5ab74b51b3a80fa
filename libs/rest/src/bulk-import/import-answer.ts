import type { Import } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { httpDate } from '../etag.ts';
import { ndjson, streamOf } from '../ndjson.ts';
import type { Reply } from '../reply.ts';

/** How far an import is, as Parameters. */
export function importReply({ base }: Engine, found: Import): Reply {
  const { id, state, line, created, updated, unchanged, refused, warned, expires } = found;
  const counts = { created, updated, unchanged, refused, warned };
  const parameter = [
    { name: 'id', valueId: id },
    { name: 'state', valueCode: state },
    { name: 'line', valueInteger: line },
    { name: 'lines', valueInteger: created + updated + unchanged + refused },
    ...Object.entries(counts).map(([name, valueInteger]) => ({ name, valueInteger })),
    { name: 'outcome', valueUri: `${base}/$import/${id}/outcome` },
    { name: 'expires', valueInstant: expires },
  ];
  return {
    status: 200,
    headers: { Expires: httpDate(expires) },
    body: JSON.stringify({ resourceType: 'Parameters', parameter }),
  };
}

/** Outcomes of one statement. */
const PAGE = 1_000;

/** What is told of lines, a line each, as Parameters; read as the client takes it. */
export function outcomeFile(engine: Engine, { key }: Import): Reply {
  async function* pages(): AsyncGenerator<string> {
    let after = 0;
    for (;;) {
      const page = await engine.store.imports.outcomes(key, after, PAGE);
      if (page.length) yield page.map(({ outcome }) => `${outcome}\n`).join('');
      if (page.length < PAGE) return;
      after = page.at(-1)?.line ?? after;
    }
  }
  return { status: 200, stream: streamOf(pages()), shown: { as: ndjson } };
}
