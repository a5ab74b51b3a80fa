import type { StatedFact } from '../stated-fact.ts';
import { type ConsentCode, consentCodes, systems } from './codes.ts';
import { ageException } from './consent/age-exception.ts';
import { answer } from './consent/answer.ts';
import { block } from './consent/block.ts';
import { emergency } from './consent/emergency.ts';
import { information } from './consent/information.ts';
import { lift } from './consent/lift.ts';
import { checkProvision, type Provided } from './consent/provision.ts';
import type { Consent, ConsentFacts } from './consent/shape.ts';
import { childUnableToConsent, incapacity } from './consent/unable.ts';
import { checkWriter, type Writers } from './consent/writers.ts';
import { codesOf } from './elements.ts';
import { notSo } from './refusal.ts';
import { idIn, type Stating } from './stating.ts';

interface Category extends Writers, Provided {
  readonly state: ConsentFacts;
}

/**
 * Where there is an operation, staff and persons use it, since it asks what the law wants asked. The systems of an organisation
 * register what has been asked there.
 */
const asked = { directly: ['system'], byOperation: ['staff', 'patient'] } as const;
const askedOfGuardiansToo = { directly: ['system'], byOperation: ['staff', 'patient', 'guardian'] } as const;
const askedOfStaff = { directly: ['system'], byOperation: ['staff'] } as const;
const recorded = { directly: ['staff', 'system'], byOperation: [] } as const;

/** Each category of Consent: by which section, who records it, what its provision may hold, and the facts it states. */
const categories: Readonly<Record<ConsentCode, Category>> = {
  'svod-samtycke': {
    section: 'SVOD 2022:913 3 kap. 1-2 §§',
    ...askedOfGuardiansToo,
    types: ['permit', 'deny'],
    typed: true,
    elements: ['period', 'actor'],
    state: answer('consent'),
  },
  'sip-samtycke': {
    section: 'lag 2017:612 4 kap. 2 §',
    ...askedOfGuardiansToo,
    types: ['permit', 'deny'],
    typed: true,
    elements: ['period', 'actor'],
    state: answer('sip'),
  },
  'sparr-inre': {
    section: 'PDL 2008:355 4 kap. 4 §',
    ...asked,
    own: true,
    types: ['deny'],
    elements: ['period', 'actor', 'dataPeriod', 'provision'],
    state: block('block-inner'),
  },
  'sparr-yttre': {
    section: 'SVOD 2022:913 2 kap. 3 §',
    ...asked,
    own: true,
    types: ['deny'],
    elements: ['period', 'actor', 'dataPeriod', 'provision'],
    state: block('block-outer'),
  },
  'sparr-havning': {
    section: 'PDL 2008:355 4 kap. 5 §, SVOD 2022:913 3 kap. 5 §',
    ...asked,
    own: true,
    types: ['permit'],
    elements: ['period', 'actor', 'class'],
    state: lift,
  },
  nodoppning: {
    section: 'SVOD 2022:913 3 kap. 6 §',
    directly: [],
    byOperation: ['staff'],
    types: ['permit'],
    elements: ['period'],
    state: emergency,
  },
  'saknar-beslutsformaga': {
    section: 'SVOD 2022:913 3 kap. 3-4 §§',
    ...askedOfStaff,
    types: ['permit'],
    elements: ['period'],
    state: incapacity,
  },
  'barn-kan-inte-samtycka': {
    section: 'SVOD 2022:913 3 kap. 1 §',
    ...recorded,
    types: ['permit'],
    elements: ['period'],
    state: childUnableToConsent,
  },
  information: {
    section: 'SVOD 2022:913 2 kap. 2 §',
    ...askedOfStaff,
    types: ['permit'],
    elements: [],
    state: information,
  },
  'tidigare-tillgang': {
    section: 'PDL 2008:355 5 kap. 5 §',
    ...recorded,
    types: ['permit'],
    elements: ['period', 'actor'],
    state: ageException('young-person-has-access'),
  },
  'forlangd-tillgang': {
    section: 'PDL 2008:355 5 kap. 5 §',
    ...recorded,
    types: ['permit'],
    elements: ['period', 'actor'],
    state: ageException('guardian-keeps-access'),
  },
};

/**
 * Answers, blocks, lifts, findings and openings: an active Consent of one of our categories. What we would not understand
 * of it is refused rather than left out, for a limit that is overlooked opens more than was said.
 */
export function consent(resource: Consent, stating: Stating): StatedFact[] {
  if (resource.status !== 'active') return [];
  const codes = codesOf(resource.category, systems.consent);
  if (codes.length === 0) return [];
  const category = categories[codeIn(codes)];
  if (!codesOf([resource.scope ?? {}], systems.consentScope).includes('patient-privacy')) {
    throw notSo('Consent.scope', `Give the scope patient-privacy of ${systems.consentScope}.`);
  }
  const patient = idIn(resource.patient, 'Patient', stating);
  if (patient === null) throw notSo('Consent.patient', 'Name the patient by reference, as Patient/id.');
  const organisation = checkWriter(category, resource, stating.writer);
  checkProvision(category, resource);
  return category.state(resource, { ...stating, patient, organisation });
}

function codeIn(codes: readonly string[]): ConsentCode {
  const [code = ''] = codes;
  if (codes.length === 1 && isCode(code)) return code;
  throw notSo(
    'Consent.category',
    `Give exactly one code of ${systems.consent}, one of: ${Object.keys(consentCodes).join(', ')}.`,
  );
}

const isCode = (code: string): code is ConsentCode => Object.hasOwn(consentCodes, code);
