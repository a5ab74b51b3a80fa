import { sv } from './sv.ts';
import type { Texts } from './texts.ts';

/** Plain Swedish said to staff about the patient. */
export const svPersonal: Texts = {
  ...sv,
  steps: {
    ...sv.steps,
    ordination: 'Det finns en läkemedelsordination för detta.',
    normal: 'Patientens egna normala värden',
    limits: 'Behandlingsbegränsning',
  },
  contacts: { ...sv.contacts, several: 'Patienten har också en fast läkarkontakt hos en annan vårdgivare.' },
  goals: { ...sv.goals, own: 'Patientens egna ord' },
  activities: { ...sv.activities, own: 'Patienten gör' },
};
