/**
 * IHE BALP 1.1.4, the ten Basic Audit profiles of REST (https://profiles.ihe.net/ITI/BALP/artifacts.html), read from their
 * published differentials and written out by hand as what an AuditEvent must have: fixed codes, and how many of each slice.
 */
interface Coding {
  system?: string;
  code?: string;
}
interface Agent {
  type?: { coding?: Coding[] };
  who?: object;
  requestor?: boolean;
  network?: object;
  media?: object;
}
interface Entity {
  type?: Coding;
  role?: Coding;
  what?: { reference?: string; type?: string; identifier?: { value?: string } };
  query?: string;
  lifecycle?: object;
  detail?: object;
}
export interface Balp {
  meta: { profile?: string[] };
  type: Coding;
  subtype: Coding[];
  action: string;
  recorded: string;
  outcome: string;
  agent: Agent[];
  source: { observer?: object };
  entity: Entity[];
}

const dcm = 'http://dicom.nema.org/resources/ontology/DCM';
const participation = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const entityType = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const objectRole = 'http://terminology.hl7.org/CodeSystem/object-role';
const restful = 'http://hl7.org/fhir/restful-interaction';
const sources = ['AUT', 'INF', 'CST'];

const patterns: Record<
  string,
  { action: string; subtype: string[]; client: Coding; server: Coding; user: string[] }
> = {
  Create: { action: 'C', subtype: ['create'], ...toServer(), user: sources },
  Update: { action: 'U', subtype: ['update', 'patch'], ...toServer(), user: sources },
  Query: { action: 'E', subtype: ['search', 'search-type', 'search-system'], ...toServer(), user: ['IRCP'] },
  Read: {
    action: 'R',
    subtype: ['read', 'vread'],
    client: { system: dcm, code: '110152' },
    server: { system: dcm, code: '110153' },
    user: ['IRCP'],
  },
  Delete: {
    action: 'D',
    subtype: ['delete'],
    client: { system: dcm, code: '110150' },
    server: {
      system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
      code: 'custodian',
    },
    user: sources,
  },
};

function toServer() {
  return { client: { system: dcm, code: '110153' }, server: { system: dcm, code: '110152' } };
}

const is = (coding: Coding | undefined, { system, code }: Coding): boolean =>
  coding?.system === system && coding?.code === code;

/** What a profile asks for and the event does not have. */
export function balpFaults(profile: string, event: Balp): string[] {
  const isOfPatient = profile.startsWith('Patient');
  const name = profile.replace('Patient', '');
  const pattern = patterns[name];
  if (!pattern) return [`no profile ${profile}`];
  const checks: Record<string, boolean> = {
    'type rest': is(event.type, {
      system: 'http://terminology.hl7.org/CodeSystem/audit-event-type',
      code: 'rest',
    }),
    'one subtype of the interaction':
      event.subtype.filter(({ system, code }) => system === restful && pattern.subtype.includes(code ?? ''))
        .length === 1,
    action: event.action === pattern.action,
    recorded: event.recorded !== '',
    'outcome success': event.outcome === '0',
    'at least two agents': event.agent.length >= 2,
    ...agentChecks(event, pattern),
    source: event.source.observer !== undefined,
    ...entityChecks(event, name, isOfPatient),
  };
  return Object.entries(checks)
    .filter(([, holds]) => !holds)
    .map(([check]) => check);
}

function agentChecks({ agent }: Balp, pattern: (typeof patterns)[string] & object): Record<string, boolean> {
  const having = (codes: Coding[]) =>
    agent.filter(({ type }) => type?.coding?.some((coding) => codes.some((code) => is(coding, code))));
  const clients = having([pattern.client]);
  const servers = having([pattern.server]);
  const users = having(pattern.user.map((code) => ({ system: participation, code })));
  return {
    'one client with who and network':
      clients.length === 1 && clients.every(({ who, network, media }) => who && network && !media),
    'one server with who and network':
      servers.length === 1 && servers.every(({ who, network, media }) => who && network && !media),
    'at most one user, who is the requestor and has no network':
      users.length <= 1 &&
      users.every(({ who, network, media, requestor }) => who && !network && !media && requestor === true),
    'every agent says whether it is the requestor': agent.every(({ requestor }) => requestor !== undefined),
  };
}

function entityChecks({ entity }: Balp, name: string, isOfPatient: boolean): Record<string, boolean> {
  const having = (type: Coding) => entity.filter((each) => is(each.type, type));
  const patients = having({ system: entityType, code: '1' });
  const objects = having({ system: entityType, code: '2' });
  const transactions = having({
    system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType',
    code: 'XrequestId',
  });
  const isQuery = name === 'Query';
  return {
    'enough entities': entity.length >= (isOfPatient ? 2 : 1),
    'one patient, or none': patients.length === (isOfPatient ? 1 : 0),
    'the patient is a Patient in that role': patients.every(
      ({ what, role }) =>
        what?.reference?.startsWith('Patient/') && is(role, { system: objectRole, code: '1' }),
    ),
    'at most one transaction, with a value':
      transactions.length <= 1 && transactions.every(({ what }) => what?.identifier?.value),
    'one query, with nothing but its text':
      !isQuery ||
      (objects.length === 1 &&
        objects.every(
          ({ role, query, what, lifecycle, detail }) =>
            is(role, { system: objectRole, code: '24' }) && query && !what && !lifecycle && !detail,
        )),
    'one data object in a role of REST':
      isQuery ||
      (objects.length === 1 &&
        objects.every(({ role, what }) => what && ['3', '4', '20'].includes(role?.code ?? ''))),
  };
}
