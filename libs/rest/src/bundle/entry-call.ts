import { Problem } from '@naravard/fhir';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { checkGranted, contextFor } from '../granted.ts';
import type { Media } from '../media.ts';
import { parsePairs } from '../query-pairs.ts';
import { checkAddress } from '../route.ts';
import { operationIn } from '../wrong-place.ts';
import type { Entry } from './entries.ts';

/**
 * The interaction and call that an entry stands for, as if it had come alone. Writes answer without the resource unless
 * the Bundle's own Prefer asks for it.
 * @throws Problem 'unknown-route', 'bad-request', 'structure' or 'unsupported-media'
 */
export function callOf(engine: Engine, outer: Call, entry: Entry): { interaction: Interaction; call: Call } {
  const { target, conditions, query } = entry;
  if (!target) {
    const operation = operationIn(entry.path);
    throw new Problem(
      'unknown-route',
      operation === undefined
        ? 'Nothing answers to this method and URL in a Bundle: use Type or Type/id.'
        : `An operation is not asked in a Bundle here: take ${operation} out and call it on its own.`,
    );
  }
  const { interaction, parts } = target;
  checkAddress(engine, interaction, parts);
  checkGranted(outer.context.actor, interaction, parts);
  const call: Call = {
    ...parts,
    query: parsePairs(query).filter(([name]) => name !== '_format' && name !== '_pretty'),
    ...bodyOf(entry, interaction.body),
    conditions,
    prefer: { ...outer.prefer, return: outer.prefer.return ?? 'minimal' },
    context: contextFor(outer.context, interaction),
  };
  return { interaction, call };
}

/** A patch travels as Parameters, or as a Binary with the JSON Patch or merge patch. http://hl7.org/fhir/R4/http.html#patch */
function bodyOf(
  { text, resource }: Entry,
  accepted: readonly Media[] | undefined,
): Pick<Call, 'media' | 'body' | 'resource'> {
  if (!accepted) return { media: '', body: '' };
  if (accepted.includes('form'))
    throw new Problem('bad-request', 'In a Bundle, search with GET: Type?query.');
  if (text === undefined) throw new Problem('structure', 'The entry needs a resource.');
  const binary = resource as { resourceType?: unknown; contentType?: unknown; data?: unknown } | null;
  if (!accepted.includes('json-patch') || binary?.resourceType !== 'Binary')
    return { media: 'fhir', body: text, resource };
  const media = patchMedia.get(String(binary.contentType));
  if (!media || typeof binary.data !== 'string') {
    throw new Problem(
      'unsupported-media',
      `Send the patch as Binary with contentType ${[...patchMedia.keys()].join(' or ')}, or as Parameters.`,
    );
  }
  return { media, body: Buffer.from(binary.data, 'base64').toString('utf8') };
}

const patchMedia: ReadonlyMap<string, Media> = new Map([
  ['application/json-patch+json', 'json-patch'],
  ['application/merge-patch+json', 'merge-patch'],
]);
