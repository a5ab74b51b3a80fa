import type { DomainRule, Finding } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { statesDose } from './dose.ts';
import { isBehandlingsplan } from './plan.ts';
import { wordsOf } from './steps.ts';

/**
 * A dose that is copied into a plan is not changed when the ordination is. Looked at is what a step tells somebody to do, not its
 * sign and threshold; also of drafts.
 */
export const ingenDos: DomainRule = {
  id: 'behandlingsplan-ingen-dos',
  citation: 'HSLF-FS 2017:37 om ordination och hantering av läkemedel',
  sentence: 'a deterioration step points to an ordination and states no dose',
  sv: 'Ett steg pekar på ordinationen och anger ingen dos.',
  check({ resource }) {
    if (!isBehandlingsplan(resource)) return [];
    return (resource.activity ?? []).flatMap((activity, index): Finding[] => {
      if (!extensionOf(activity, extensions.forsamring)) return [];
      const { dailyAmount, quantity } = activity.detail ?? {};
      const isStated =
        dailyAmount !== undefined || quantity !== undefined || wordsOf(activity).some(statesDose);
      return isStated ? [statedDose(`CarePlan.activity[${index}]`)] : [];
    });
  },
};

const statedDose = (expression: string): Finding => ({
  severity: 'error',
  expression,
  diagnostics:
    'A step must not state a dose: point to the ordination vid behov in sub-extension ordination, or write "ring läkare".',
  sv: 'Skriv ingen dos i planen. Peka på ordinationen vid behov, eller skriv "ring läkare".',
});
