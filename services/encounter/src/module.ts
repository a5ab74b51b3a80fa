import type { Module } from '@naravard/rest';

/** What has taken place: hembesök, distanskontakter and vårdtillfällen, and the insatser they belong to. */
export const encounter: Module = {
  name: 'encounter',
  resources: [{ type: 'Encounter' }, { type: 'EpisodeOfCare' }],
};
