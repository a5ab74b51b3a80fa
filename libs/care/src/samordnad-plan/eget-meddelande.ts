import type { Communication } from '@medplum/fhirtypes';
import type { DomainRule } from '@naravard/fhir';
import { noteKindOf } from './notes.ts';

/** A rule of type Communication: what is shown as the person's own is so. */
export const egetMeddelande: DomainRule = {
  id: 'meddelande-eget',
  citation: 'patientdatalagen (2008:355) 3 kap. 6 §',
  sentence: 'staff write no note, wish or report in the name of the person, or of who acts for the person',
  sv: 'Du kan inte skriva ett meddelande i patientens namn.',
  check({ resource, writer }) {
    const { resourceType, sender } = resource as Communication;
    if (writer.person === null || resourceType !== 'Communication') return [];
    if (noteKindOf(resource as Communication) === undefined) return [];
    const names = [sender?.type, sender?.reference?.split('/')[0]];
    if (!names.some((each) => each === 'Patient' || each === 'RelatedPerson')) return [];
    return [
      {
        severity: 'error',
        expression: 'Communication.sender',
        diagnostics:
          'Name yourself as sender: the person, and who acts for a child, write with Patient/[id]/$meddelande.',
      },
    ];
  },
};
