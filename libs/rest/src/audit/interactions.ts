import type { Interaction } from '../call.ts';
import { accessLog } from './access-log.ts';
import { auditRead } from './audit-read.ts';
import { auditRefusals } from './audit-refused.ts';
import { auditSearches } from './audit-search.ts';
import { offlineReads } from './offline-reads.ts';
import { spotCheckReport } from './spot-check.ts';

/** AuditEvent on the routes: in place of the stored type, alone and in a batch. */
export const auditEvents: readonly Interaction[] = [...auditSearches, auditRead, ...auditRefusals];

/** What else is asked of the audit. */
export const auditOperations: readonly Interaction[] = [...accessLog, offlineReads, spotCheckReport];
