import type { Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { fhirJson } from './media.ts';

/**
 * The CapabilityStatement of what is mounted, from the table of interactions and the catalog of search parameters, so
 * that it cannot claim what is not there. http://hl7.org/fhir/R4/capabilitystatement.html
 */
export function capabilityStatement(engine: Engine, interactions: readonly Interaction[]): object {
  const at = (reach: 'type' | 'system') => [
    ...new Set(
      interactions
        .filter(({ route }) => route.startsWith('/:type') === (reach === 'type'))
        .map(({ name }) => name),
    ),
  ];
  const onType = at('type');
  const onSystem = at('system').flatMap((name) =>
    name === 'transaction' ? ['transaction', 'batch'] : [name],
  );
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date().toISOString(),
    kind: 'instance',
    software: { name: 'naravard', version: '0.1.0' },
    implementation: { description: 'naravard: fasta kontakter, planer och vårdkontakter', url: engine.base },
    fhirVersion: '4.0.1',
    format: [fhirJson, 'json'],
    patchFormat: ['application/json-patch+json', fhirJson],
    rest: [
      {
        mode: 'server',
        documentation:
          'An update at an unknown id creates for system clients and administrators that may choose ids, and is refused for others. Unknown search parameters are refused unless Prefer: handling=lenient.',
        security: {
          description: 'A bearer token of a configured issuer is required for everything but this statement.',
        },
        resource: [...engine.mounted].map((type) => resourceOf(engine, type, onType)),
        interaction: onSystem.map((code) => ({ code })),
      },
    ],
  };
}

function resourceOf(engine: Engine, type: string, codes: readonly string[]): object {
  return {
    type,
    interaction: codes.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical'],
    searchParam: engine.catalog.parameters(type).map((parameter) => ({
      name: parameter.code,
      definition: parameter.url,
      type: parameter.type,
    })),
  };
}
