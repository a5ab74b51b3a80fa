import type { Queryable, Statements } from '../statement.ts';
import type { AuditLog, RequestContext } from '../types.ts';
import { accessPage } from './accesses.ts';
import { directoryOf } from './directory.ts';
import { logPage, logRow } from './log-page.ts';
import { writeOfflineReads } from './offline-reads.ts';
import { openings } from './openings.ts';
import { spotCheck } from './spot-check.ts';

/** `on`: where the statements of a caller run. */
export const createAuditLog = (
  statements: Statements,
  on: (context: RequestContext) => Queryable,
): AuditLog => ({
  read: (context, reader, id) => logRow(statements, on(context), context, reader, id),
  search: (context, reader, query) => logPage(statements, on(context), context, reader, query),
  accesses: (context, reader, query) => accessPage(statements, on(context), context, reader, query),
  spotCheck: (context, query) => spotCheck(statements, on(context), context, query),
  openings: (context, query) => openings(statements, on(context), context, query),
  offlineReads: (context, reads) => writeOfflineReads(statements, on(context), context, reads),
  directory: (context, type, keys) => directoryOf(statements, on(context), context, type, keys),
});
