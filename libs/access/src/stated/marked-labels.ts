import { marks } from '../marks.ts';
import { systems } from './codes.ts';
import { type CodeableConcept, codesOf } from './elements.ts';
import { liftRequest } from './lift-request.ts';

const tellsOfBlock = ['sparr-inre', 'sparr-yttre', 'sparr-havning'];
const answers = ['svod-samtycke', 'sip-samtycke'];

/**
 * Labels (`system|code`) that the key row of a resource carries although its body does not. PDL (2008:355) 4 kap. 4 §, SVOD
 * (2022:913) 2 kap. 5 §: a spärr and its lifting tell who has blocked, and that is not for everybody to see; nor is it when
 * it no longer stands, so the status does not matter. A request to lift one names who has it too. An answer is marked, since no inner spärr is about it (blocked.ts).
 */
export function markedLabels(resource: object): string[] {
  const { resourceType, category, code } = resource as {
    resourceType?: string;
    category?: readonly CodeableConcept[];
    code?: CodeableConcept;
  };
  if (resourceType === 'Task') {
    return codesOf([code ?? {}], liftRequest.system).includes(liftRequest.code) ? [marks.showsBlock] : [];
  }
  if (resourceType !== 'Consent') return [];
  const codes = codesOf(category, systems.consent);
  return [
    ...(codes.some((code) => tellsOfBlock.includes(code)) ? [marks.showsBlock] : []),
    ...(codes.some((code) => answers.includes(code)) ? [marks.answer] : []),
  ];
}
