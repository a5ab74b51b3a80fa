import type { Interaction } from '../call.ts';
import { fhirJson, fhirXml, type Media } from '../media.ts';
import type { OperationDefinition } from '../operation-definition.ts';
import { operationOn } from '../operation-name.ts';
import { refusedInputs } from './refused-inputs.ts';
import { refTo, type Schema } from './schemas.ts';

type Input = NonNullable<OperationDefinition['parameter']>[number];

const inputsOf = (
  interaction: Interaction,
  definition: OperationDefinition | undefined,
): readonly Input[] => {
  const refused = refusedInputs(interaction);
  return (definition?.parameter ?? []).filter(({ use, name }) => use === 'in' && !refused.includes(name));
};

/** What an operation may be asked with in the address: what is a plain value. http://hl7.org/fhir/R4/operations.html#request */
export const queryOfOperation = (
  interaction: Interaction,
  definition: OperationDefinition | undefined,
): Schema[] =>
  inputsOf(interaction, definition)
    .filter(({ type = '' }) => /^[a-z]/.test(type))
    .map(({ name, min, max, type, documentation = '' }) => ({
      name,
      in: 'query',
      ...(min > 0 && { required: true }),
      schema: max === '1' ? plain(type) : { type: 'array', items: plain(type) },
      description: documentation,
    }));

const plain = (type: string | undefined): Schema =>
  type === 'boolean' || type === 'integer' ? { type } : { type: 'string' };

/** `- to (Reference, 1..1): Who takes over.`, a line each. */
const inWords = (interaction: Interaction, definition: OperationDefinition | undefined): string =>
  inputsOf(interaction, definition)
    .map(
      ({ name, type = 'parts', min, max, documentation = '' }) =>
        `- ${name} (${type}, ${min}..${max}): ${documentation}`,
    )
    .join('\n');

/** The media types of what a body may be, each with its schema; `resource` is the name of that of a FHIR body. */
function contentOf(media: Media, resource: string): Record<string, Schema> {
  switch (media) {
    case 'fhir':
      return { [fhirJson]: refTo(resource), [fhirXml]: refTo(resource) };
    case 'json-patch':
      return { 'application/json-patch+json': { type: 'array', items: { type: 'object' } } };
    case 'merge-patch':
      return { 'application/merge-patch+json': { type: 'object' } };
    case 'form':
      return {
        'application/x-www-form-urlencoded': { type: 'object', additionalProperties: { type: 'string' } },
      };
    case 'ndjson':
      return { 'application/fhir+ndjson': { type: 'string' } };
    case 'package':
      return { 'application/gzip': { type: 'string', contentMediaType: 'application/gzip' } };
    default:
      return media satisfies never;
  }
}

/** Whether an operation is asked with Parameters in the body, in place of the address. */
export const takesParameters = ({ body = [] }: Interaction): boolean => body.includes('fhir');

/** What is sent to an interaction on `type`; undefined where no body is read. */
export function bodyOf(
  interaction: Interaction,
  type: string,
  definition: OperationDefinition | undefined,
): Schema | undefined {
  const { body, name } = interaction;
  if (!body) return undefined;
  const isParameters = name === 'patch' || operationOn(interaction) !== undefined;
  const resource = name === 'transaction' ? 'Bundle' : isParameters ? 'Parameters' : type;
  const description = takesParameters(interaction) ? inWords(interaction, definition) : '';
  const content = body.flatMap((media) => Object.entries(contentOf(media, resource)));
  return {
    ...(description && { description }),
    // A search may be asked in the address all the same.
    required: !body.includes('form'),
    content: Object.fromEntries(content.map(([media, schema]) => [media, { schema }])),
  };
}
