import { hsa } from '../hsa.ts';
import type { Claims } from '../personas.ts';
import { hemsjukvardContacts, hemtjanstContacts, regionContacts } from './contacts.ts';
import { dischargeMessages } from './discharge.ts';
import {
  hemsjukvardEncounters,
  hemsjukvardEpisode,
  hemtjanstEpisode,
  vardcentralEncounters,
  wardEncounters,
} from './encounters.ts';
import { conditions, goals } from './health.ts';
import { organisations } from './organisations.ts';
import { persons } from './persons.ts';
import { hemsjukvardPlans, hemtjanstPlans, regionPlans } from './plan.ts';
import { hemsjukvardSip, hemtjanstSip, regionSip } from './sip.ts';
import type { StoryTime } from './story-time.ts';

/** What one organisation's journal system sends: the organisation becomes custodian, the unit author unit. */
export interface Chapter {
  writer: Claims;
  resources: readonly { resourceType: string; id?: string }[];
}

const journal = (provider: string, unit: string): Claims => ({
  sub: `demo-${unit}`,
  kind: 'system',
  name: 'Demodata',
  healthCareProviderHsaId: provider,
  healthCareUnitHsaId: unit,
  may_choose_ids: true,
});

/** The story in the order in which it can be stored: what is pointed at comes before what points. */
export function story(time: StoryTime): readonly Chapter[] {
  const vardcentral = journal(hsa.region, hsa.vardcentral);
  const ward = journal(hsa.region, hsa.avdelning);
  const hemsjukvard = journal(hsa.kommunHalsoOchSjukvard, hsa.hemsjukvard);
  const hemtjanst = journal(hsa.kommunOmsorg, hsa.hemtjanst);
  return [
    { writer: vardcentral, resources: [...organisations, ...persons] },
    { writer: hemsjukvard, resources: [...hemsjukvardContacts(time), hemsjukvardEpisode(time)] },
    { writer: hemtjanst, resources: [...hemtjanstContacts(time), hemtjanstEpisode(time)] },
    {
      writer: vardcentral,
      resources: [
        ...regionContacts(time),
        ...conditions(time),
        ...goals(time),
        ...regionPlans(time),
        ...regionSip(time),
      ],
    },
    { writer: vardcentral, resources: vardcentralEncounters(time) },
    { writer: ward, resources: [...wardEncounters(time), ...dischargeMessages(time)] },
    {
      writer: hemsjukvard,
      resources: [...hemsjukvardPlans(time), ...hemsjukvardSip(time), ...hemsjukvardEncounters(time)],
    },
    { writer: hemtjanst, resources: [...hemtjanstPlans(time), ...hemtjanstSip(time)] },
  ];
}
