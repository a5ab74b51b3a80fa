import { Problem } from '@naravard/fhir';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { checkGranted, contextFor } from '../granted.ts';
import type { Media } from '../media.ts';
import { parsePairs } from '../query-pairs.ts';
import { checkAddress } from '../route.ts';
import type { Entry } from './entries.ts';

/**
 * The interaction and call that an entry stands for, as if it had come alone. Writes answer without the resource unless
 * the Bundle's own Prefer asks for it.
 * @throws Problem 'unknown-route', 'bad-request', 'structure' or 'unsupported-media'
 */
export function callOf(engine: Engine, outer: Call, entry: Entry): { interaction: Interaction; call: Call } {
  const { target, conditions, query } = entry;
  if (!target) {
    throw new Problem(
      'unknown-route',
      'Nothing answers to this method and URL in a Bundle: use Type or Type/id.',
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

/** A patch travels as Parameters, or as a Binary with the JSON Patch. http://hl7.org/fhir/R4/http.html#patch */
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
  if (binary.contentType !== 'application/json-patch+json' || typeof binary.data !== 'string') {
    throw new Problem(
      'unsupported-media',
      'Send the patch as Binary with contentType application/json-patch+json.',
    );
  }
  return { media: 'json-patch', body: Buffer.from(binary.data, 'base64').toString('utf8') };
}
