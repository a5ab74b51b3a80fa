import type { Task } from '@medplum/fhirtypes';
import { coding, concept, ref, systems } from './codes.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

interface Message {
  id: string;
  code: readonly [code: string, display: string];
  owner: string;
  sent: string;
  due: string;
  done: string;
}

const message = ({ id, code, owner, sent, due, done }: Message): Task => ({
  resourceType: 'Task',
  id,
  status: 'completed',
  intent: 'order',
  code: concept(coding(systems.ownTask, ...code)),
  focus: ref('Encounter/astrid-vardtillfalle'),
  for: patient,
  executionPeriod: { start: sent, end: done },
  authoredOn: sent,
  requester: ref('PractitionerRole/lisa-ek', 'Lisa Ek'),
  owner: ref(`Organization/${owner}`),
  restriction: { period: { end: due } },
});

const ADMITTED = ['inskrivningsmeddelande', 'Inskrivningsmeddelande'] as const;
const READY = ['utskrivningsklar', 'Underrättelse om utskrivningsklar'] as const;

/** Messages of lag (2017:612): 2 kap. 1-3 §§ within 24 hours of admission, 3 kap. 1 § as soon as possible. */
export const dischargeMessages = (time: StoryTime): Task[] => [
  ...['vc-havsvinden', 'hemsjukvarden-soder', 'bistand-falkenberg'].map((owner) =>
    message({
      id: `astrid-inskrivning-${owner}`,
      code: ADMITTED,
      owner,
      sent: time.at(-8, '09:10'),
      due: time.at(-7, '03:40'),
      done: time.at(-8, '10:05'),
    }),
  ),
  message({
    id: 'astrid-utskrivningsklar',
    code: READY,
    owner: 'vc-havsvinden',
    sent: time.at(-6, '13:20'),
    due: time.at(-3, '23:59'),
    done: time.at(-6, '15:00'),
  }),
];
