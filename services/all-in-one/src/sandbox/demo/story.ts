import { hsa } from '../hsa.ts';
import type { Claims } from '../personas.ts';
import { alvaPsychiatry, alvaVardcentral } from './alva.ts';
import { hemsjukvardAccess, hemtjanstAccess, vardcentralAccess, wardAccess } from './astrid-access.ts';
import { hemsjukvardPlans, hemtjanstPlans, regionPlans } from './astrid-behandlingsplan.ts';
import { hemsjukvardSip, hemtjanstSip, regionSip } from './astrid-sip.ts';
import { astridVisits, gunvorVisits, veraVisits } from './coming-visits.ts';
import { hemsjukvardContacts, hemtjanstContacts, regionContacts } from './contacts.ts';
import { dischargeMessages } from './discharge.ts';
import { elisBeroende, elisPsychiatry, elisSocialtjanst, elisVardcentral } from './elis.ts';
import { declinedSip, psychiatrySip, socialtjanstSip, vardcentralSip } from './elis-sip.ts';
import {
  hemsjukvardEncounters,
  hemsjukvardEpisode,
  hemtjanstEpisode,
  vardcentralEncounters,
  wardEncounters,
} from './encounters.ts';
import { astridFlags, gunvorFlags } from './flags.ts';
import { gunvorHemsjukvard, gunvorHemtjanst, labels as gunvorLabels, gunvorVardcentral } from './gunvor.ts';
import * as gunvorPlans from './gunvor-plans.ts';
import { conditions, goals } from './health.ts';
import { internalNote } from './internal-note.ts';
import { measurements } from './measurements.ts';
import { memberships } from './membership.ts';
import { moaVardcentral } from './moa.ts';
import { nightDoctor } from './night.ts';
import { organisations } from './organisations.ts';
import { persons } from './persons.ts';
import { psychiatry } from './psychiatry.ts';
import { doneYesterday, ownNote } from './said-and-done.ts';
import { staff } from './staff.ts';
import type { StoryTime } from './story-time.ts';
import { veraHemsjukvard, veraVardcentral } from './vera.ts';

/** What one organisation's journal system sends: the organisation becomes custodian, the unit author unit. */
export interface Chapter {
  writer: Claims;
  resources: readonly { resourceType: string; id?: string }[];
}

type Unit = Pick<
  Claims,
  'healthCareProviderHsaId' | 'healthCareUnitHsaId' | 'socialCareProviderHsaId' | 'socialCareUnitHsaId'
>;

const journal = (unit: Unit): Claims => ({
  sub: `demo-${unit.healthCareUnitHsaId ?? unit.socialCareUnitHsaId}`,
  kind: 'system',
  name: 'Demodata',
  ...unit,
  may_choose_ids: true,
});

const health = (provider: string, unit: string): Claims =>
  journal({ healthCareProviderHsaId: provider, healthCareUnitHsaId: unit });

const social = (unit: string): Claims =>
  journal({ socialCareProviderHsaId: hsa.kommunOmsorg, socialCareUnitHsaId: unit });

const writers = {
  administrator: {
    sub: 'demo-administrator',
    kind: 'administrator',
    name: 'Demodata',
    healthCareProviderHsaId: hsa.region,
    may_choose_ids: true,
  },
  vardcentral: health(hsa.region, hsa.vardcentral),
  ward: health(hsa.region, hsa.avdelning),
  psykiatri: health(hsa.region, hsa.psykiatri),
  beroende: health(hsa.region, hsa.beroende),
  hemsjukvard: health(hsa.kommunHalsoOchSjukvard, hsa.hemsjukvard),
  privat: health(hsa.privatVardgivare, hsa.privatVardcentral),
  hemtjanst: social(hsa.hemtjanst),
  bistand: social(hsa.bistand),
} satisfies Record<string, Claims>;

const by = (writer: keyof typeof writers, ...resources: Chapter['resources']): Chapter => ({
  writer: writers[writer],
  resources,
});

/** Everybody's story in the order in which it can be stored: what is pointed at comes before what points. */
export const story = (time: StoryTime): readonly Chapter[] => [
  by('administrator', ...organisations, ...staff, nightDoctor(time), ...memberships),
  ...astrid(time),
  by('privat', ...elisVardcentral(time), ...vardcentralSip(time)),
  by('psykiatri', ...elisPsychiatry(time), ...psychiatrySip(time)),
  by('bistand', ...elisSocialtjanst(time), ...socialtjanstSip(time)),
  by('beroende', ...elisBeroende(time), ...declinedSip(time)),
  by(
    'vardcentral',
    ...gunvorVardcentral(time),
    ...gunvorPlans.vardcentralPlans(time),
    ...gunvorFlags(time, gunvorLabels),
  ),
  by('hemsjukvard', ...gunvorHemsjukvard(time), ...gunvorPlans.hemsjukvardPlans(time), ...gunvorVisits(time)),
  by('hemtjanst', ...gunvorHemtjanst(time), ...gunvorPlans.hemtjanstPlans(time)),
  by('vardcentral', ...alvaVardcentral(time)),
  by('psykiatri', ...alvaPsychiatry(time)),
  by('vardcentral', ...moaVardcentral(time)),
  by('vardcentral', ...veraVardcentral(time)),
  by('hemsjukvard', ...veraHemsjukvard(time), ...veraVisits(time)),
];

const astrid = (time: StoryTime): Chapter[] => [
  by('vardcentral', ...persons, ...vardcentralAccess(time)),
  by(
    'hemsjukvard',
    ...hemsjukvardContacts(time),
    hemsjukvardEpisode(time),
    internalNote(time),
    ...hemsjukvardAccess(time),
  ),
  by('hemtjanst', ...hemtjanstContacts(time), hemtjanstEpisode(time), ...hemtjanstAccess(time)),
  by('psykiatri', ...psychiatry),
  by(
    'vardcentral',
    ...regionContacts(time),
    ...conditions(time),
    ...goals(time),
    ...astridFlags(time),
    ...regionPlans(time),
    ownNote(time),
    ...regionSip(time),
  ),
  by('vardcentral', ...vardcentralEncounters(time)),
  by('ward', ...wardEncounters(time), ...dischargeMessages(time), ...wardAccess(time)),
  by(
    'hemsjukvard',
    ...hemsjukvardPlans(time),
    ...hemsjukvardSip(time),
    ...hemsjukvardEncounters(time),
    ...astridVisits(time),
    ...measurements(time),
    doneYesterday(time),
  ),
  by('hemtjanst', ...hemtjanstPlans(time), ...hemtjanstSip(time)),
];
