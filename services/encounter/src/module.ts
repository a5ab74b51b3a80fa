import type { ResourceModule, ServiceModule } from '@naravard/rest';

/**
 * An EpisodeOfCare may be an insats of socialtjänst, and its type says so. That somebody has such insatser must not be what
 * a search finds persons by; within one patient's record it may be asked.
 */
const episodeOfCare: ResourceModule = {
  type: 'EpisodeOfCare',
  searchNeeds: [{ parameter: 'type', with: 'patient', citation: 'Patientdatalagen (2008:355) 2 kap. 8 §' }],
};

/** What has taken place: hembesök, distanskontakter and vårdtillfällen, and the insatser they belong to. */
export const encounter: ServiceModule = {
  name: 'encounter',
  resources: [{ type: 'Encounter' }, episodeOfCare],
};
