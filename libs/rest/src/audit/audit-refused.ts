import { Problem } from '@naravard/fhir';
import type { Interaction, Method } from '../call.ts';

/**
 * The audit is written by the service alone, in the statements that disclose and write, and never changed: an AuditEvent
 * of a client would be a claim, not a record.
 */
const refused = (name: string, method: Method, route: string): Interaction => ({
  name,
  method,
  route,
  async handle() {
    throw new Problem(
      'method-not-allowed',
      'The log is written by the service itself and is never changed: read it with GET, and send reads made offline to $offline-reads.',
    );
  },
});

export const auditRefusals: readonly Interaction[] = [
  refused('create', 'POST', '/AuditEvent'),
  ...['/AuditEvent', '/AuditEvent/:id'].flatMap((route) => [
    refused('update', 'PUT', route),
    refused('patch', 'PATCH', route),
    refused('delete', 'DELETE', route),
  ]),
];
