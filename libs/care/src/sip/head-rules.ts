import type { DomainRule, Finding } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { extensionOf, extensionPath, extensionsOf } from '../extension-reader.ts';
import { isInForce, isSipHead, type SipElements, sipEndReasons, sipExtensions } from './elements.ts';
import { law } from './law.ts';
import { agrees } from './process.ts';

/** Rules of contents let an ended plan be: what was lacking once does not keep it from being ended. */
const isDecided = (plan: SipElements): boolean => isSipHead(plan) && isInForce(plan);

const at = (url: string): string => extensionPath('CarePlan', url);

const error = (expression: string, diagnostics: string): Finding => ({
  severity: 'error',
  expression,
  diagnostics,
});

/** Item 4 of the statutory contents. */
const huvudansvarig: DomainRule = {
  id: 'sip-huvudansvarig',
  citation: law.contents,
  sentence: 'a decided SIP says which one of the huvudmän has the overall responsibility',
  sv: 'Planen ska säga vem som har det övergripande ansvaret.',
  check({ resource }) {
    const plan: SipElements = resource;
    if (!isDecided(plan)) return [];
    const said = extensionsOf(plan, extensions.huvudansvarig);
    const [first] = said;
    if (said.length === 1 && first?.valueReference?.reference?.startsWith('Organization/')) return [];
    return [
      error(
        at(extensions.huvudansvarig),
        'Give the extension huvudansvarig exactly once, as a Reference to an Organization.',
      ),
    ];
  },
};

const samordnare: DomainRule = {
  id: 'sip-samordnare',
  citation: law.practice,
  sentence: 'a decided SIP names its samordnare',
  sv: 'Planen ska ha en namngiven samordnare.',
  check({ resource }) {
    const plan: SipElements = resource;
    if (!isDecided(plan) || plan.author?.reference?.startsWith('PractitionerRole/')) return [];
    return [error('CarePlan.author', 'Give the samordnare as author: a Reference to a PractitionerRole.')];
  },
};

/** Item 1 of the statutory contents: what is needed is seen from what matters to the person, goals and needs. */
const behov: DomainRule = {
  id: 'sip-behov',
  citation: law.contents,
  sentence:
    'a decided SIP says what matters to the person, or the goals or needs that its insatser answer to',
  sv: 'Planen ska säga vad som är viktigt för personen, eller mål och behov.',
  check({ resource }) {
    const plan: SipElements = resource;
    if (!isDecided(plan) || plan.description || plan.goal?.length || plan.addresses?.length) return [];
    return [
      error(
        'CarePlan.description',
        "Give description (what matters to the person, in the person's words), goal or addresses.",
      ),
    ];
  },
};

const uppfoljning: DomainRule = {
  id: 'sip-uppfoljning',
  citation: law.practice,
  sentence: 'a decided SIP says when it is followed up and who does it',
  sv: 'Planen ska säga när den följs upp och vem som gör det.',
  check({ resource }) {
    const plan: SipElements = resource;
    if (!isDecided(plan)) return [];
    const [said] = extensionsOf(plan, sipExtensions.uppfoljning);
    const lacking = [
      ...(extensionOf(said, 'datum')?.valueDate ? [] : ['datum (valueDate)']),
      ...(extensionOf(said, 'vem')?.valueReference?.reference ? [] : ['vem (valueReference)']),
    ];
    if (!lacking.length) return [];
    const diagnostics = `Give the extension uppfoljning its sub-extension ${lacking.join(' and ')}.`;
    return [error(at(sipExtensions.uppfoljning), diagnostics)];
  },
};

const avslut: DomainRule = {
  id: 'sip-avslut-orsak',
  citation: law.keeping,
  sentence: 'a SIP that is ended, or was never made, says why',
  sv: 'När en plan avslutas ska orsaken stå i den.',
  check({ resource }) {
    const plan: SipElements = resource;
    if (!isSipHead(plan) || !['completed', 'revoked'].includes(plan.status ?? '')) return [];
    const code = extensionOf(extensionOf(plan, sipExtensions.avslut), 'orsak')?.valueCode ?? '';
    if (Object.hasOwn(sipEndReasons, code)) return [];
    const known = Object.keys(sipEndReasons).join(', ');
    return [
      error(
        at(sipExtensions.avslut),
        `Give the extension avslut with orsak, one of: ${known}; CarePlan/[id]/$sip-avslut does so.`,
      ),
    ];
  },
};

const lage: DomainRule = {
  id: 'sip-lage',
  citation: law.keeping,
  sentence: 'the status of a SIP and where its process stands agree',
  sv: 'Planens status ska stämma med var arbetet står.',
  check({ resource }) {
    if (!isSipHead(resource) || agrees(resource)) return [];
    return [
      error(
        at(extensions.sipLage),
        'draft goes with inbjudan, planeras and mote; active and on-hold with beslutad and uppfoljning; completed and revoked with avslutad. Use the operations CarePlan/[id]/$sip-*.',
      ),
    ];
  },
};

/** Rules of the samordnare's plan that look at nothing else. */
export const headRules: readonly DomainRule[] = [huvudansvarig, samordnare, behov, uppfoljning, avslut, lage];
