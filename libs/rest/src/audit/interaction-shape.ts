import type { LogRow } from '@naravard/store';

export type Action = 'C' | 'R' | 'U' | 'D' | 'E';

/** Which way data went: IHE BALP names the agents by it. */
export type Flow = 'read' | 'query' | 'write' | 'delete';

/** How an interaction is told as AuditEvent. `pattern`: the BALP profile for it, where there is one. */
export interface Shape {
  readonly action: Action;
  readonly flow: Flow;
  readonly pattern?: 'Create' | 'Read' | 'Update' | 'Delete' | 'Query';
}

/** http://hl7.org/fhir/R4/valueset-audit-event-sub-type.html and our own `offline-read`. */
export const shapes: Readonly<Record<string, Shape>> = {
  read: { action: 'R', flow: 'read', pattern: 'Read' },
  vread: { action: 'R', flow: 'read', pattern: 'Read' },
  'offline-read': { action: 'R', flow: 'read', pattern: 'Read' },
  'history-instance': { action: 'R', flow: 'read' },
  'history-type': { action: 'R', flow: 'read' },
  'history-system': { action: 'R', flow: 'read' },
  'search-type': { action: 'E', flow: 'query', pattern: 'Query' },
  'search-system': { action: 'E', flow: 'query', pattern: 'Query' },
  create: { action: 'C', flow: 'write', pattern: 'Create' },
  update: { action: 'U', flow: 'write', pattern: 'Update' },
  patch: { action: 'U', flow: 'write', pattern: 'Update' },
  delete: { action: 'D', flow: 'delete', pattern: 'Delete' },
  transaction: { action: 'E', flow: 'write' },
  batch: { action: 'E', flow: 'write' },
};

const operation: Shape = { action: 'E', flow: 'write' };

export const shapeOf = (interaction: string): Shape => shapes[interaction] ?? operation;

/** The interactions that have one of some actions; operations, which are all the others, have E. */
export function interactionsOf(actions: readonly string[]): { oneOf: string[]; noneOf: string[] | null } {
  const known = Object.entries(shapes);
  return {
    oneOf: known.filter(([, { action }]) => actions.includes(action)).map(([name]) => name),
    noneOf: actions.includes('E') ? known.map(([name]) => name) : null,
  };
}

const profiles = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.';

/**
 * The IHE BALP 1.1.4 profile that a row's AuditEvent meets. They are for what succeeded, and have one resource each save
 * the query; what else there is (refusals, histories, operations, several resources in a row) follows their shape without
 * claiming one.
 */
export function profileOf({ interaction, outcome, patient, targets }: LogRow): string | undefined {
  const { pattern } = shapeOf(interaction);
  if (!pattern || outcome !== 0) return undefined;
  if (pattern !== 'Query' && targets.length !== 1) return undefined;
  return `${profiles}${patient === null ? '' : 'Patient'}${pattern}`;
}
