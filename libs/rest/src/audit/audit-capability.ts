import type { Engine } from '../engine.ts';
import { auditRead } from './audit-read.ts';
import { auditSearches } from './audit-search.ts';
import { parameterNames } from './search-parameters.ts';

const interactions = [...new Set([auditRead, ...auditSearches].map(({ name }) => name))];

/**
 * What can be asked of the log, as CapabilityStatement.rest.resource: it is read and searched. It is written by the service
 * alone, never changed, and nothing is included with it or brings it along.
 */
export const auditCapability = ({ catalog }: Pick<Engine, 'catalog'>): object => ({
  type: 'AuditEvent',
  documentation:
    'The log as the service writes it, for log reviewers of the own organisation and for the person. Reads made offline are told by $offline-reads.',
  interaction: interactions.map((code) => ({ code })),
  versioning: 'no-version',
  readHistory: false,
  updateCreate: false,
  conditionalCreate: false,
  conditionalRead: 'not-supported',
  conditionalUpdate: false,
  conditionalDelete: 'not-supported',
  searchParam: catalog
    .parameters('AuditEvent')
    .filter(({ code }) => parameterNames.includes(code))
    .map(({ code: name, url: definition, type }) => ({ name, definition, type })),
});
