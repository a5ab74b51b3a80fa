import { gzipSync } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';

export const own = 'https://example.se/fhir';
const core = 'http://hl7.org/fhir/StructureDefinition';

export type File = readonly [name: string, content: unknown, header?: Parameters<Pack['entry']>[0]];

/** The bytes of a tar with these files; what is no text is written as JSON. */
export async function tarOf(files: readonly File[]): Promise<Buffer> {
  const tar = pack();
  for (const [name, content, header] of files) {
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    tar.entry({ name, ...header }, isRaw ? content : JSON.stringify(content));
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const tgz = async (files: readonly File[]): Promise<Buffer> => gzipSync(await tarOf(files));

export const manifest = (over: object = {}) => ({
  name: 'se.example.care',
  version: '1.0.0',
  canonical: own,
  fhirVersions: ['4.0.1'],
  dependencies: { 'hl7.fhir.r4.core': '4.0.1', 'hl7.fhir.other': '2.1.0' },
  ...over,
});

export const structure = (id: string, type: string, rest: object) => ({
  resourceType: 'StructureDefinition',
  id,
  url: `${own}/StructureDefinition/${id}`,
  version: '1.0.0',
  name: id.replaceAll('-', '_'),
  status: 'active',
  fhirVersion: '4.0.1',
  kind: type === 'Extension' ? 'complex-type' : 'resource',
  abstract: false,
  type,
  baseDefinition: `${core}/${type}`,
  derivation: 'constraint',
  ...(type === 'Extension' && { context: [{ type: 'element', expression: 'Organization' }] }),
  ...rest,
});

const element = (id: string, rest: object) => ({ id, path: id.replace(/:[^.]+/g, ''), ...rest });
const snapshotElement = (id: string, rest: object) =>
  element(id, { definition: id, min: 0, max: '*', base: { path: id, min: 0, max: '*' }, ...rest });

/** Slices by value, an own extension, a required binding to a value set that comes along. */
export const unit = structure('unit', 'Organization', {
  differential: {
    element: [
      element('Organization', {}),
      element('Organization.extension:size', {
        sliceName: 'size',
        type: [{ code: 'Extension', profile: [`${own}/StructureDefinition/size`] }],
      }),
      element('Organization.identifier', {
        slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' },
        min: 1,
      }),
      element('Organization.identifier:local', { sliceName: 'local', min: 1, max: '1' }),
      element('Organization.identifier:local.system', { min: 1, fixedUri: 'urn:example:local' }),
      element('Organization.type', {
        min: 1,
        binding: { strength: 'required', valueSet: `${own}/ValueSet/kinds` },
      }),
    ],
  },
});

/** Based on another profile of the package. */
export const ward = structure('ward', 'Organization', {
  baseDefinition: `${own}/StructureDefinition/unit`,
  differential: { element: [element('Organization', {}), element('Organization.name', { min: 1 })] },
});

/** Based on what is not loaded, and whole by its snapshot. */
export const snapshotted = structure('clinic', 'Organization', {
  baseDefinition: 'https://elsewhere.example/StructureDefinition/base',
  snapshot: {
    element: [
      snapshotElement('Organization', {
        constraint: [
          {
            key: 'org-1',
            severity: 'error',
            human: 'as R4',
            expression: '(identifier.count() + name.count()) > 0',
            source: `${core}/Organization`,
          },
        ],
      }),
      snapshotElement('Organization.id', {
        min: 0,
        max: '1',
        type: [{ code: 'http://hl7.org/fhirpath/System.String' }],
      }),
      snapshotElement('Organization.telecom', { min: 1, max: '*', type: [{ code: 'ContactPoint' }] }),
    ],
  },
});

export const size = structure('size', 'Extension', {
  differential: {
    element: [
      element('Extension', { max: '1' }),
      element('Extension.url', { fixedUri: `${own}/StructureDefinition/size` }),
      element('Extension.value[x]', { min: 1, type: [{ code: 'integer' }] }),
    ],
  },
});

export const kinds = {
  resourceType: 'CodeSystem',
  id: 'kinds',
  url: `${own}/CodeSystem/kinds`,
  version: '1.0.0',
  status: 'active',
  content: 'complete',
  concept: [{ code: 'ward' }, { code: 'clinic' }],
};

export const kindSet = {
  resourceType: 'ValueSet',
  id: 'kinds',
  url: `${own}/ValueSet/kinds`,
  version: '1.0.0',
  status: 'active',
  compose: { include: [{ system: kinds.url }] },
};

export interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

export const files = (...resources: readonly Resource[]): File[] =>
  resources.map((each) => [`package/${each.resourceType}-${each.id}.json`, each]);

export const whole: readonly File[] = [
  ['package/package.json', manifest()],
  ['package/.index.json', {}],
  ...files(ward, unit, snapshotted, size, kinds, kindSet),
  ['package/example/Organization-x.json', { resourceType: 'Organization', name: 'x' }],
];

/** An Organization as `unit` wants it. */
export const organization = (over: object = {}) => ({
  resourceType: 'Organization',
  meta: { profile: [unit.url] },
  identifier: [{ system: 'urn:example:local', value: '1' }],
  type: [{ coding: [{ system: kinds.url, code: 'ward' }] }],
  ...over,
});
