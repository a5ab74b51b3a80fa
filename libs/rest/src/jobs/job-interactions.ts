import type { Interaction, Method } from '../call.ts';
import type { Level } from './export-request.ts';
import { kickOff } from './kick-off.ts';

/** https://hl7.org/fhir/uv/bulkdata/STU2/export.html: by GET, or by POST with Parameters. */
const exportOf = (method: Method, route: string, level: Level): Interaction => {
  const interaction: Interaction = {
    name: '$export',
    method,
    route,
    ...(method === 'POST' && { body: ['fhir'] }),
    writes: true,
    handle: (engine, call) => kickOff(engine, interaction, call, level),
  };
  return interaction;
};

/** Bulk export: of all, of what is about patients, and of what is about the patients of a Group. */
export const jobInteractions: readonly Interaction[] = (['GET', 'POST'] as const).flatMap((method) => [
  exportOf(method, '/$export', 'system'),
  exportOf(method, '/Patient/$export', 'patients'),
  exportOf(method, '/Group/:id/$export', 'group'),
]);
