import type pg from 'pg';
import type { Statements } from '../statement.ts';
import type { RequestContext } from '../types.ts';
import { beginImport, findImport, forgetImport } from './import-row.ts';
import type { Imports } from './imports.ts';
import { keepImport, releaseImport } from './lease.ts';
import { outcomesOf, sweepImports } from './outcomes.ts';

export const createImports = (statements: Statements, pool: pg.Pool): Imports<RequestContext> => ({
  begin: (context, wanted) => beginImport(statements, pool, context, wanted),
  find: (id, holder) => findImport(statements, pool, id, holder),
  forget: (id, holder) => forgetImport(statements, pool, id, holder),
  keep: (held) => keepImport(statements, pool, held),
  release: (held, state) => releaseImport(statements, pool, held, state),
  outcomes: (key, after, count) => outcomesOf(statements, pool, key, after, count),
  sweep: () => sweepImports(statements, pool),
});
