import { actorOfKey } from '@naravard/access';
import { identifierSystems } from '@naravard/fhir';
import type { LogRow } from '@naravard/store';
import { type Flow, shapeOf } from './interaction-shape.ts';
import type { View } from './view.ts';

const dcm = 'http://dicom.nema.org/resources/ontology/DCM';
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

type Code = readonly [system: string, code: string, display: string];

const source: Code = [dcm, '110153', 'Source Role ID'];
const destination: Code = [dcm, '110152', 'Destination Role ID'];
const recipient: Code = [participation, 'IRCP', 'information recipient'];
const author: Code = [participation, 'AUT', 'author (originator)'];

/** IHE BALP 1.1.4: client, server and user of each pattern. The parameters of a query flow to the server, as a write does. */
const roles: Readonly<Record<Flow, Readonly<Record<'client' | 'server' | 'user', Code>>>> = {
  read: { client: destination, server: source, user: recipient },
  query: { client: source, server: destination, user: recipient },
  write: { client: source, server: destination, user: author },
  delete: {
    client: [dcm, '110150', 'Application'],
    server: ['http://terminology.hl7.org/CodeSystem/provenance-participant-type', 'custodian', 'Custodian'],
    user: author,
  },
};

const typed = ([system, code, display]: Code) => ({ coding: [{ system, code, display }] });

/** The system of the ids of people who act for others; they are no personnummer. */
const personSystem = 'https://naravard.se/fhir/person';
const commissionSystem = 'https://naravard.se/fhir/CodeSystem/commission';
const clientSystem = 'https://naravard.se/fhir/client';

/** Who took part: user, client, server and the legal actor. HSLF-FS 2016:40 4 kap 9 §: user, unit or omsorgsgivare. */
export function agentsOf(row: LogRow, view: View, base: string): object[] {
  const role = roles[shapeOf(row.interaction).flow];
  const user = userOf(row, view);
  return [
    ...(user ? [{ type: typed(role.user), ...user, requestor: true }] : []),
    {
      type: typed(role.client),
      who: clientOf(row),
      requestor: !user,
      network: notRecorded,
    },
    {
      type: typed(role.server),
      who: { identifier: { system: 'urn:ietf:rfc:3986', value: base }, display: 'naravard' },
      requestor: false,
      network: { address: base, type: '5' },
    },
    ...organisationOf(row),
  ];
}

/** The address of a client is not kept in the audit: it tells more of the person who used it than the law asks for. */
const notRecorded = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'not-asked' }],
};

/** A system client is no user: it asks for itself. */
function userOf(row: LogRow, view: View): object | undefined {
  const { actorKind, actor, unit, title, commission } = row;
  switch (actorKind) {
    case 'staff':
      return {
        ...(title || (commission && view.names) ? { role: rolesOf(row, view) } : {}),
        who: view.names
          ? { type: 'Practitioner', identifier: { system: identifierSystems.hsaId, value: actor } }
          : { type: 'Practitioner', display: title ?? 'Personal' },
        ...(unit && {
          location: { type: 'Location', identifier: { system: identifierSystems.hsaId, value: unit } },
        }),
      };
    case 'patient':
      return { who: { reference: `Patient/${actor}` } };
    case 'guardian':
      return {
        who: view.names
          ? { type: 'RelatedPerson', identifier: { system: personSystem, value: actor } }
          : { type: 'RelatedPerson', display: 'Vårdnadshavare eller ombud' },
      };
    case 'administrator':
      return { who: view.names ? { identifier: { value: actor } } : { display: 'Administratör' } };
    default:
      return undefined;
  }
}

const rolesOf = ({ title, commission }: LogRow, { names }: View): object[] => [
  ...(title ? [{ text: title }] : []),
  ...(commission && names
    ? [{ coding: [{ system: commissionSystem, code: commission }], text: 'Medarbetaruppdrag' }]
    : []),
];

function clientOf({ client, actorKind, actor }: LogRow): object {
  const id = client ?? (actorKind === 'system' ? actor : null);
  return id === null
    ? { display: 'Okänd klient' }
    : { type: 'Device', identifier: { system: clientSystem, value: id } };
}

function organisationOf({ organisation }: LogRow): object[] {
  const legal = actorOfKey(organisation);
  if (!legal) return [];
  return [
    {
      type: typed(['http://terminology.hl7.org/CodeSystem/v3-RoleClass', 'PROV', 'healthcare provider']),
      role: [{ text: legal.as === 'vardgivare' ? 'Vårdgivare' : 'Omsorgsgivare' }],
      who: { type: 'Organization', identifier: { system: identifierSystems.hsaId, value: legal.hsaId } },
      requestor: false,
    },
  ];
}
