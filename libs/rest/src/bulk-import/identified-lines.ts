import { bundleEntries } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { identifiedText } from '../references/identified-call.ts';
import type { ImportLine } from './import-line.ts';

/**
 * The lines, whose references by identifier alone are given the literal as in any write; all of them are looked up at once, as
 * entries of a transaction are, so that what is written together counts.
 */
export async function identifiedLines(
  engine: Engine,
  context: RequestContext,
  lines: readonly ImportLine[],
): Promise<readonly ImportLine[]> {
  const incoming = lines.flatMap((line) => (line.kind === 'write' ? [line.incoming] : []));
  if (engine.references.policy === 'off' || !incoming.length) return lines;
  const text = `{"entry":[${incoming.map((each) => `{"resource":${each.text}}`).join()}]}`;
  const entry = incoming.map(({ type, id, method, resource }) => ({
    fullUrl: `${type}/${id}`,
    resource,
    request: { method, url: `${type}/${id}` },
  }));
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry };
  const identified = await identifiedText(engine, context, text, bundle);
  if (identified === text) return lines;
  const texts = bundleEntries(identified)[Symbol.iterator]();
  return lines.map((line): ImportLine => {
    if (line.kind === 'refused') return line;
    const own: string = texts.next().value ?? line.incoming.text;
    if (own === line.incoming.text) return line;
    return { ...line, incoming: { ...line.incoming, text: own, resource: JSON.parse(own) as object } };
  });
}
