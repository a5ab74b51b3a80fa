import type { CarePlan } from '@medplum/fhirtypes';
import type { DomainRule, Finding } from '@naravard/fhir';
import { extensions } from '../codes.ts';
import { extensionOf } from '../extension-reader.ts';
import { isBehandlingsplan } from './plan.ts';
import { type Step, stepsOf } from './steps.ts';

/** Red is not always 112: who has a behandlingsbegränsning may need another one to call. */
export const rottSteg: DomainRule = {
  id: 'behandlingsplan-rott-steg',
  citation: 'God och nära vård, Region Halland och kommunerna (2025), 2a',
  sentence:
    'a step of level ring-nu names whom to call or 112, and 112 alone is looked at again under a behandlingsbegränsning',
  sv: 'Ett steg med nivån ring nu säger vem man ringer.',
  check({ resource }) {
    if (!isBehandlingsplan(resource)) return [];
    const red = stepsOf(resource).filter(({ level }) => level === 'ring-nu');
    const severity = resource.status === 'draft' ? 'warning' : 'error';
    return [
      ...red.filter(({ contact, larm112 }) => !contact && !larm112).map(({ path }) => nobody(path, severity)),
      ...(isLimited(resource) && red.length && red.every(is112Alone)
        ? red.map(({ path }) => only112(path))
        : []),
    ];
  },
};

const isLimited = (plan: CarePlan): boolean =>
  extensionOf(plan, extensions.behandlingsbegransning)?.valueString !== undefined;

const is112Alone = ({ contact, larm112 }: Step): boolean => larm112 && !contact;

const nobody = (expression: string, severity: Finding['severity']): Finding => ({
  severity,
  expression,
  diagnostics: 'State whom to call (kontakt), or that it is 112 (larm112).',
  sv: 'Skriv vem man ringer, eller att man ringer 112.',
});

const only112 = (expression: string): Finding => ({
  severity: 'warning',
  expression,
  diagnostics:
    'The plan has a behandlingsbegransning, and 112 is its only step of level ring-nu: consider a contact who knows the limit.',
  sv: 'Planen har en behandlingsbegränsning. Fundera på om 112 är rätt, eller om någon som känner patienten ska svara.',
});
