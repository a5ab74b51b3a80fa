import type { FastifyRequest } from 'fastify';
import type { Interaction, Pair } from './call.ts';
import type { Engine } from './engine.ts';
import { answerFormat, isXml } from './media.ts';
import { parsePairs, queryOf } from './query-pairs.ts';
import { type Format, plainFormat } from './send.ts';

/**
 * The format of the answer, by `_format` and `_pretty` among the parameters, or else by Accept.
 * http://hl7.org/fhir/R4/http.html#parameters
 * @throws Problem 'not-acceptable'
 */
export function formatOf(
  { xml }: Pick<Engine, 'xml'>,
  { formats }: Pick<Interaction, 'formats'>,
  pairs: readonly Pair[],
  accept: string | undefined,
): Format {
  const asked = pairs.find(([name]) => name === '_format')?.[1];
  const pretty = pairs.some(([name, value]) => name === '_pretty' && value !== 'false');
  const contentType = answerFormat(asked, accept, formats);
  const inLinks = pairs.filter(([name]) => name === '_format' || name === '_pretty');
  return {
    contentType,
    pretty,
    ...(isXml(contentType) && { xml }),
    ...(inLinks.length && {
      asked: inLinks.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
    }),
  };
}

/** The same for a search by POST, which may ask in its body; undefined when it does not. @throws as `formatOf` */
export function formatInForm(
  engine: Engine,
  interaction: Interaction,
  request: FastifyRequest,
  form: string,
): Format | undefined {
  if (!/(?:^|&)_(?:format|pretty)=/.test(form)) return undefined;
  const pairs = [...parsePairs(form), ...inAddress(request)];
  return formatOf(engine, interaction, pairs, request.headers.accept);
}

/** The format of a refusal that comes before, or of, the negotiation. */
export function wishedFormat(
  engine: Engine,
  interaction: Pick<Interaction, 'formats'>,
  request: FastifyRequest,
): Format {
  try {
    return formatOf(engine, interaction, inAddress(request), request.headers.accept);
  } catch {
    return plainFormat;
  }
}

const inAddress = ({ raw }: FastifyRequest): Pair[] => parsePairs(queryOf(raw.url ?? ''));
