import { Problem } from '@naravard/fhir';
import type { Interaction } from '../call.ts';
import { refusal } from '../reply.ts';
import { subsetOf } from '../subset.ts';
import { auditEvent } from './audit-event.ts';
import { auditReader } from './audit-reader.ts';
import { viewOf } from './view.ts';

/** One row of the audit as AuditEvent; absent and not to be seen answer alike, and both leave a row. */
export const auditRead: Interaction = {
  name: 'read',
  method: 'GET',
  route: '/AuditEvent/:id',
  async handle(engine, call) {
    const { context, id } = call;
    const subset = subsetOf(engine, { ...call, type: 'AuditEvent' });
    const reader = auditReader(context.actor, 'r');
    const row = await engine.store.auditLog.read(context, reader, id);
    if (!row) return refusal(new Problem('not-found'));
    const view = viewOf(reader, row, engine.showStaffNames);
    const event = auditEvent(row, view, engine.base);
    return { status: 200, body: subset(JSON.stringify(event)), version: 1, lastModified: row.at };
  },
};
