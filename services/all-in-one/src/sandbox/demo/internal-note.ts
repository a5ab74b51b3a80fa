import type { Communication } from '@medplum/fhirtypes';
import { coding, concept, ref, systems } from './codes.ts';
import { patient } from './persons.ts';
import type { StoryTime } from './story-time.ts';

/** What the nurse writes for her colleagues: a resource of its own, which the patient is not shown. */
export const internalNote = (time: StoryTime): Communication => ({
  resourceType: 'Communication',
  id: 'astrid-intern-anteckning',
  meta: { security: [coding(systems.access, 'internal-note', 'Intern anteckning')] },
  status: 'completed',
  category: [concept(coding(systems.communication, 'intern-anteckning', 'Intern anteckning'))],
  subject: patient,
  about: [ref('CareTeam/astrid-fast-vardkontakt')],
  sent: time.at(-2, '10:20'),
  sender: ref('PractitionerRole/maja-berg', 'Maja Berg'),
  payload: [{ contentString: 'Dottern är orolig och ringer ofta. Behöver eget samtal.' }],
});
