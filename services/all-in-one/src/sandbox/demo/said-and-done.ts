import type { Communication, Task } from '@medplum/fhirtypes';
import { utfordAktivitet } from '@naravard/care';
import { coding, concept, ref, systems } from './codes.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

/** What Astrid has written to her plan, as `$meddelande` writes it. */
export const ownNote = (time: StoryTime): Communication => ({
  resourceType: 'Communication',
  id: 'astrid-egen-anteckning',
  status: 'completed',
  category: [{ coding: [coding(systems.communication, 'egen-anteckning', 'Egen anteckning')] }],
  subject: patient,
  about: [ref('CarePlan/astrid-behandlingsplan-2')],
  sent: time.at(-1, '18:40'),
  sender: patient,
  payload: [{ contentString: 'Jag sover bäst med två kuddar. Väck mig gärna före klockan åtta.' }],
});

/** Yesterday's tick of what the hemsjukvård does. */
export const doneYesterday = (time: StoryTime): Task => ({
  resourceType: 'Task',
  id: 'astrid-utford-igar',
  status: 'completed',
  intent: 'order',
  code: {
    ...concept(coding(systems.task, utfordAktivitet, 'Utförd aktivitet')),
    text: 'Kontrollerar vikt och ben.',
  },
  for: patient,
  basedOn: [ref('CarePlan/astrid-behandlingsplan-2-hemsjukvard')],
  owner: ref('Organization/hemsjukvarden-soder', 'Hemsjukvården Söder'),
  authoredOn: time.at(time.today - 1, '09:50'),
  executionPeriod: { start: time.at(time.today - 1, '09:30'), end: time.at(time.today - 1, '09:50') },
});
