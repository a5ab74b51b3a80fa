import type { Actor } from '@naravard/access';
import { Problem, parseReference, readJson } from '@naravard/fhir';
import type { Call, Interaction } from '../call.ts';
import type { Engine } from '../engine.ts';
import { actsForItself } from '../operations/callers.ts';
import { type Reply, refusal, textOf } from '../reply.ts';
import { exportPlan, exportSubset } from './export-plan.ts';
import { exportInput, type HeldExport, type Level } from './export-request.ts';
import { heldRequest } from './held-request.ts';
import { acceptedJob } from './start-job.ts';

/**
 * https://hl7.org/fhir/uv/bulkdata/STU2/export.html#bulk-data-kick-off-request: 202 with the address that tells how far it is.
 * What cannot be done is refused here, before anything is promised.
 */
export async function kickOff(
  engine: Engine,
  interaction: Interaction,
  call: Call,
  level: Level,
): Promise<Reply> {
  checkExporter(call.context.actor);
  if (!call.prefer.async) {
    throw new Problem('bad-request', {
      severity: 'error',
      expression: 'Prefer',
      diagnostics: 'An export is answered later: send the header Prefer: respond-async.',
    });
  }
  const input = exportInput(engine, call, level);
  exportPlan(engine, input);
  exportSubset(engine, input);
  const patients = level === 'group' ? await membersOf(engine, call) : [];
  if (!patients) return refusal(new Problem('not-found'));
  const request: HeldExport = { ...heldRequest(interaction, call), ...input, level, patients };
  return acceptedJob(engine, call, 'export', request, null);
}

/**
 * SVOD (2022:913) 4 kap 1 §: the systems of an organisation take out what it answers for; administrators what is about nobody.
 * Nobody looks into records by the thousand for one person's care (PDL 2008:355 4 kap 1 §).
 * @throws Problem 'forbidden'
 */
export function checkExporter(actor: Actor): void {
  if (actsForItself(actor)) return;
  throw new Problem(
    'forbidden',
    'Only a system client, for itself, or an administrator may export: search for what is needed in the care of a person, or ask for Patient/[id]/$everything.',
  );
}

/** Ids of the Patients of a Group; undefined where the caller sees none. Those that are inactive are no members. */
async function membersOf(engine: Engine, { context, id }: Call): Promise<string[] | undefined> {
  const { store, limits, base } = engine;
  const stored = await store.read(context, 'Group', id);
  if (!stored || stored.deleted) return undefined;
  const { member = [] } = readJson(textOf(stored), limits.depth) as Group;
  const ids = member
    .filter(({ inactive }) => inactive !== true)
    .map(({ entity }) => patientIn(base, entity?.reference ?? ''));
  return [...new Set(ids.filter((each) => each !== undefined))];
}

/** The id of a Patient on this server. */
function patientIn(base: string, reference: string): string | undefined {
  const to = parseReference(reference, base);
  return to.kind === 'relative' && to.type === 'Patient' && to.version === undefined ? to.id : undefined;
}

interface Group {
  readonly member?: readonly {
    readonly entity?: { readonly reference?: string };
    readonly inactive?: boolean;
  }[];
}
