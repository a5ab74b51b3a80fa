import {
  astrid,
  type Case,
  centre,
  homeNurse,
  karin,
  kommun,
  relation,
  ward,
  withCommission,
} from './build.ts';
import { journal } from './systems.ts';

const about = (type: string, row: Case['row'] = {}) => ({ type, patient: null, ...row });

export const outsideTheLaw: readonly Case[] = [
  {
    sentence: 'the directory is open to staff',
    caller: centre,
    row: about('Organization'),
    reason: 'directory',
  },
  {
    sentence: 'the directory is open to staff of another organisation, whatever the purpose',
    caller: withCommission(homeNurse, { purpose: 'Statistik' }),
    row: about('Questionnaire'),
    reason: 'directory',
  },
  {
    sentence: 'the directory is open to patients',
    caller: astrid,
    row: about('PractitionerRole'),
    reason: 'directory',
  },
  {
    sentence: 'the directory is open to guardians',
    caller: karin,
    row: about('ValueSet'),
    reason: 'directory',
  },
  {
    sentence: 'the directory is open to administrators',
    caller: { kind: 'administrator', id: 'admin' },
    row: about('Endpoint'),
    reason: 'directory',
  },
  {
    sentence: 'the directory is open to systems that ask for other organisations’ staff',
    caller: { ...journal, onBehalfOf: homeNurse },
    row: about('Location'),
    reason: 'directory',
  },
  {
    sentence: 'what refers to patients is no directory',
    caller: centre,
    row: about('ImplementationGuide', { labels: ['several-patients'] }),
    reason: 'no-patient',
  },
  {
    sentence: 'what is about no known patient is closed',
    caller: centre,
    row: about('CarePlan'),
    reason: 'no-patient',
  },
  {
    sentence: 'what is about no known patient is closed to an administrator',
    caller: { kind: 'administrator', id: 'admin' },
    row: about('Binary'),
    reason: 'no-patient',
  },
  {
    sentence: 'what is about no known patient is closed to a person',
    caller: astrid,
    row: about('Appointment'),
    reason: 'no-patient',
  },
  {
    sentence: 'a unit reads what it planned for itself',
    caller: centre,
    row: about('Appointment'),
    reason: 'own-unit-no-patient',
  },
  {
    sentence: 'another unit does not',
    caller: ward,
    row: about('Appointment'),
    reason: 'no-patient',
  },
  {
    sentence: 'nor the same unit of another legal actor',
    caller: centre,
    row: about('Appointment', { custodian: kommun }),
    reason: 'no-patient',
  },
  {
    sentence: 'nor does a unit read what nobody answers for',
    caller: centre,
    row: about('Appointment', { custodian: null }),
    reason: 'no-patient',
  },
  {
    sentence: 'nor who has another purpose than care',
    caller: withCommission(centre, { purpose: 'Statistik' }),
    row: about('Appointment'),
    reason: 'no-patient',
  },
  {
    sentence: 'what is about several patients is closed to the unit that wrote it',
    caller: centre,
    row: about('Group', { labels: ['several-patients'] }),
    reason: 'no-patient',
  },
  {
    sentence: 'a system client sees what its organisation wrote about nobody',
    caller: journal,
    row: about('Basic'),
    reason: 'system-own-organisation',
  },
  {
    sentence: 'and about several patients',
    caller: journal,
    row: about('Group', { labels: ['several-patients'] }),
    reason: 'system-own-organisation',
  },
  {
    sentence: 'a system client does not see what another organisation wrote about nobody',
    caller: journal,
    row: about('Basic', { custodian: kommun }),
    reason: 'no-patient',
  },
  {
    sentence: 'a system client with staff as end user sees of that what the unit does',
    caller: { ...journal, onBehalfOf: centre },
    row: about('Task'),
    reason: 'own-unit-no-patient',
  },
  {
    sentence: 'and nothing else of it',
    caller: { ...journal, onBehalfOf: centre },
    row: about('Basic'),
    reason: 'no-patient',
  },
  {
    sentence: 'a system client for a person sees nothing of it',
    caller: { ...journal, onBehalfOf: astrid },
    row: about('Task'),
    reason: 'no-patient',
  },
  {
    sentence: 'facts of another patient decide nothing',
    caller: centre,
    facts: { patient: 'erik', relations: [relation(centre)] },
    reason: 'other-facts',
  },
  {
    sentence: 'an unreadable time decides nothing',
    caller: centre,
    facts: { relations: [relation(centre)] },
    at: 'now',
    reason: 'time-unknown',
  },
];
