import type { Bundle, Task } from '../../api/fhir.ts';
import { resourcesOf } from '../../api/fhir.ts';
import type { Activity } from '../../api/plan.ts';
import { identifiedBy, identifierOf, withdraw } from '../../offline/index.ts';
import { api, NoConnection } from '../data/api.ts';
import { type Created, create } from './create.ts';
import { currentUser, unitOf } from './who.ts';

const taskCodes = 'https://naravard.se/fhir/CodeSystem/uppgift';

/** An activity that was ticked; what it takes to undo it. */
export interface Tick {
  readonly id: string;
  readonly created: Created<Task>;
}

/** That an activity of a plan has been done now, by the own unit. `id` is the UUID of this tick. */
export async function tick(id: string, { text, plan }: Activity, patient: string): Promise<Tick> {
  const user = await currentUser();
  if (!user) throw new NoConnection();
  const now = new Date().toISOString();
  const body: Task = {
    resourceType: 'Task',
    identifier: identifierOf(id),
    status: 'completed',
    intent: 'order',
    code: {
      coding: [{ system: taskCodes, code: 'utford-aktivitet', display: 'Utförd aktivitet' }],
      text,
    },
    for: { reference: `Patient/${patient}` },
    basedOn: [{ reference: plan }],
    owner: unitOf(user),
    authoredOn: now,
    executionPeriod: { start: now, end: now },
  };
  return {
    id,
    created: await create<Task>({ id, path: 'Task', body, about: patient, label: `Utfört: ${text}` }),
  };
}

/** Taken out of the queue, or marked as a mistake where the service has it. */
export async function undo({ id, created }: Tick): Promise<void> {
  if (created.kind === 'queued' && (await withdraw(id))) return;
  const task = created.kind === 'sent' ? created.resource : await sent(id);
  if (!task?.id) throw new NoConnection();
  const version = task.meta?.versionId;
  await api.send(
    'PUT',
    `Task/${task.id}`,
    { ...task, status: 'entered-in-error' },
    version ? { 'if-match': `W/"${version}"` } : {},
  );
}

const sent = async (id: string): Promise<Task | undefined> =>
  resourcesOf<Task>(await api.get<Bundle>(`Task?${identifiedBy(id)}`), 'Task')[0];
