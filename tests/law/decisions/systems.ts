import type { SystemCaller } from '@naravard/access';
import {
  byHomeHelp,
  type Case,
  centre,
  consent,
  emergency,
  guarded,
  homeNurse,
  karin,
  kommun,
  region,
  relation,
} from './build.ts';

export const journal: SystemCaller = {
  kind: 'system',
  client: 'journal',
  organisation: region,
  onBehalfOf: null,
};

export const systems: readonly Case[] = [
  {
    sentence: 'a system client without end user sees the data of its own organisation',
    caller: journal,
    reason: 'system-own-organisation',
  },
  {
    sentence: 'a system client sees no data of another organisation',
    caller: { ...journal, organisation: kommun },
    facts: { relations: [relation(homeNurse)], consents: [consent(homeNurse)] },
    reason: 'system-other-organisation',
  },
  {
    sentence: 'a system client sees the Patients that its own organisation registered',
    caller: journal,
    row: { type: 'Patient' },
    reason: 'system-own-organisation',
  },
  {
    sentence: 'a system client does not see the Patients of others',
    caller: { ...journal, organisation: kommun },
    facts: { relations: [relation(homeNurse)] },
    row: { type: 'Patient' },
    reason: 'system-other-organisation',
  },
  {
    sentence: 'a system client does not see what nobody answers for',
    caller: journal,
    row: { custodian: null },
    reason: 'no-custodian',
  },
  {
    sentence: 'with an end user it sees what the end user does',
    caller: { ...journal, onBehalfOf: centre },
    facts: { relations: [relation(centre)] },
    reason: 'own-unit',
  },
  {
    sentence: 'with an end user it does not see what the end user does not',
    caller: { ...journal, onBehalfOf: centre },
    reason: 'no-inner-relation',
  },
  {
    sentence: 'an end user of its organisation reads across borders',
    caller: { ...journal, organisation: kommun, onBehalfOf: homeNurse },
    facts: { relations: [relation(homeNurse)], consents: [consent(homeNurse)] },
    reason: 'svod-consent',
  },
  {
    sentence: 'an end user of another organisation is refused',
    caller: { ...journal, organisation: kommun, onBehalfOf: centre },
    facts: { relations: [relation(centre)] },
    reason: 'system-other-organisation',
  },
  {
    sentence: 'for a person it shows the data of its own organisation',
    caller: { ...journal, onBehalfOf: { kind: 'patient', patient: 'astrid' } },
    reason: 'patient-self',
  },
  {
    sentence: 'for a person it shows no other organisation’s data',
    caller: { ...journal, onBehalfOf: { kind: 'patient', patient: 'astrid' } },
    row: byHomeHelp,
    reason: 'system-other-organisation',
  },
];

export const administrators: readonly Case[] = [
  {
    sentence: 'an administrator reads nothing about patients',
    caller: { kind: 'administrator', id: 'admin' },
    reason: 'administrator',
  },
];

const hidden = { protectedIdentity: true };

export const protectedIdentity: readonly Case[] = [
  {
    sentence: 'protected identity is a warning to who takes part in the care',
    caller: centre,
    facts: { ...hidden, relations: [relation(centre)] },
    reason: 'own-unit',
    mask: 'warning',
  },
  {
    sentence: 'a warning to who reads with relation and consent',
    caller: homeNurse,
    facts: { ...hidden, relations: [relation(homeNurse)], consents: [consent(homeNurse)] },
    reason: 'svod-consent',
    mask: 'warning',
  },
  {
    sentence: 'the label of the row is enough',
    caller: centre,
    facts: { relations: [relation(centre)] },
    row: { labels: ['sekretessmarkering'] },
    reason: 'own-unit',
    mask: 'warning',
  },
  {
    sentence: 'skyddad folkbokföring counts alike',
    caller: centre,
    facts: { relations: [relation(centre)] },
    row: { labels: ['skyddadFolkbokforing'] },
    reason: 'own-unit',
    mask: 'warning',
  },
  {
    sentence: 'it is masked for who needs the record without taking part',
    caller: centre,
    facts: { ...hidden, relations: [relation(centre, { kind: 'need' })] },
    reason: 'own-unit',
    mask: 'protected-identity',
  },
  {
    sentence: 'it is masked in an emergency without registered relation',
    caller: homeNurse,
    facts: { ...hidden, emergencies: [emergency(homeNurse)] },
    reason: 'svod-emergency',
    mask: 'protected-identity',
  },
  {
    sentence: 'it is masked for system clients without end user',
    caller: journal,
    facts: hidden,
    reason: 'system-own-organisation',
    mask: 'protected-identity',
  },
  {
    sentence: 'a guardian does not read about a child with protected identity',
    caller: karin,
    facts: { ...hidden, ...guarded, born: '2016-05-01' },
    reason: 'guardian-protected-identity',
  },
  {
    sentence: 'staff with protected identity are masked',
    caller: centre,
    row: { type: 'Practitioner', patient: null, labels: ['sekretessmarkering'] },
    reason: 'directory',
    mask: 'protected-identity',
  },
];
