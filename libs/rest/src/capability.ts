import { hash } from 'node:crypto';
import { followable, type Parameter, specialParameters } from '@naravard/search';
import { auditCapability } from './audit/audit-capability.ts';
import type { Interaction } from './call.ts';
import type { Engine } from './engine.ts';
import { restSecurity } from './identity/smart-configuration.ts';
import { fhirJson, fhirXml, patchFormats } from './media.ts';
import { canonicalOf } from './operation-definition.ts';
import { operationOn } from './operation-name.ts';

/**
 * The CapabilityStatement of what is mounted, from the table of interactions and the catalog of search parameters, so
 * that it cannot claim what is not there. http://hl7.org/fhir/R4/capabilitystatement.html
 */
export function capabilityStatement(
  engine: Engine,
  interactions: readonly Interaction[],
  operations: readonly Interaction[],
): object {
  const named = (wanted: (route: string) => boolean) => [
    ...new Set(interactions.filter(({ route }) => wanted(route)).map(({ name }) => name)),
  ];
  const onType = named((route) => route.startsWith('/:type'));
  const onSystem = named((route) => !route.startsWith('/:')).flatMap((name) =>
    name === 'transaction' ? ['transaction', 'batch'] : [name],
  );
  return {
    resourceType: 'CapabilityStatement',
    id: statementId(engine),
    url: `${engine.base}/CapabilityStatement/${statementId(engine)}`,
    name: 'naravard',
    status: 'active',
    date: new Date().toISOString(),
    kind: 'instance',
    software: { name: 'naravard', version: '0.1.0' },
    implementation: { description: 'naravard: fasta kontakter, planer och vårdkontakter', url: engine.base },
    ...guidesOf(engine),
    fhirVersion: '4.0.1',
    format: [fhirJson, 'json', fhirXml, 'xml'],
    patchFormat: [...patchFormats],
    rest: [
      {
        mode: 'server',
        documentation:
          'An update at an unknown id creates for system clients and administrators that may choose ids, and is refused for others. Unknown search parameters are refused unless Prefer: handling=lenient.',
        security: restSecurity(engine.authorizationServer),
        resource: [...engine.mounted].map((type) =>
          type === LOG ? auditCapability(engine) : resourceOf(engine, type, onType, operations),
        ),
        interaction: onSystem.map((code) => ({ code })),
        ...operationsIn(operations, (type) => type === null || !engine.mounted.has(type)),
        searchParam: [...sharedParameters(engine).map(stated), ...specialParameters(engine.catalog)],
        compartment: [...engine.definitions.compartments].map(
          (name) =>
            `http://hl7.org/fhir/CompartmentDefinition/${name.charAt(0).toLowerCase()}${name.slice(1)}`,
        ),
      },
    ],
  };
}

/** Processes that serve the same types publish one statement; where some types are left out it is another one. */
function statementId({ mounted, types }: Engine): string {
  if (mounted.size === types.size) return 'naravard';
  return `naravard-${hash('sha256', [...mounted].join()).slice(0, 8)}`;
}

/** Canonical URLs of the implementation guides that are served and checked against. */
function guidesOf({ guide }: Engine): { implementationGuide?: string[] } {
  const guides = (guide.definitions as readonly { resourceType: string; url: string }[]).filter(
    ({ resourceType }) => resourceType === 'ImplementationGuide',
  );
  return guides.length ? { implementationGuide: guides.map(({ url }) => url) } : {};
}

/** Not stored as the other types are. */
const LOG = 'AuditEvent';

/** Each once, whether it is asked by GET, POST or both. */
function operationsIn(
  operations: readonly Interaction[],
  isHere: (type: string | null) => boolean,
): { operation?: object[] } {
  const found = operations.flatMap((each) => operationOn(each) ?? []).filter(({ type }) => isHere(type));
  // Of types that are not here several have an operation of one name.
  const named = new Map(
    found.map((each) => [canonicalOf(each), { name: each.name, definition: canonicalOf(each) }]),
  );
  return named.size ? { operation: [...named.values()] } : {};
}

function resourceOf(
  engine: Engine,
  type: string,
  codes: readonly string[],
  operations: readonly Interaction[],
): object {
  const supportedProfile = engine.profiles.supported.get(type);
  return {
    type,
    ...(supportedProfile && { supportedProfile }),
    interaction: codes.map((code) => ({ code })),
    versioning: 'versioned',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: true,
    conditionalDelete: 'single',
    referencePolicy: ['literal', 'logical'],
    searchInclude: ['*', ...references(engine, type).map(({ code }) => `${type}:${code}`)],
    searchRevInclude: ['*', ...referrers(engine, type)],
    searchParam: engine.catalog.parameters(type).map(stated),
    ...operationsIn(operations, (on) => on === type),
  };
}

const stated = ({ code: name, url: definition, type }: Parameter) => ({ name, definition, type });

/** The parameters that every mounted type has, which are those of a search without `_type`. */
function sharedParameters({ catalog, mounted }: Engine): readonly Parameter[] {
  const [first, ...others] = mounted;
  const isShared = ({ code, url }: Parameter) =>
    others.every((type) => catalog.parameter(type, code)?.url === url);
  return first === undefined ? [] : catalog.parameters(first).filter(isShared);
}

/** The parameters that an include follows. */
const references = ({ catalog }: Engine, type: string): readonly Parameter[] =>
  catalog.parameters(type).filter(followable);

/** `Encounter:subject` for Patient: what can refer to the type and is served here. */
const referrers = (engine: Engine, type: string): string[] =>
  [...engine.mounted].flatMap((source) =>
    (source === LOG ? [] : references(engine, source))
      .filter(({ targets }) => !targets.length || targets.includes(type))
      .map(({ code }) => `${source}:${code}`),
  );
