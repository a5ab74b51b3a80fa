import { careRelation, type Made, svodConsent, svodInformationGiven } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { saidYes } from './said-yes.ts';
import type { StoryTime } from './story-time.ts';

const patient = 'astrid-testberg';

/** The vårdcentral, where Astrid was first told of SVOD (2022:913) and said yes. */
export const vardcentralAccess = (time: StoryTime): Made[] => [
  careRelation({
    id: 'astrid-vardrelation-vardcentral',
    patient,
    unit: hsa.vardcentral,
    start: time.date(-420),
  }),
  svodInformationGiven({ id: 'astrid-information-region', patient, at: time.date(-420) }),
  saidYes({ id: 'astrid-svod-vardcentral', patient, since: time.date(-420), to: { unit: hsa.vardcentral } }),
];

/** The ward, from the admission until its last call home after the discharge. */
export const wardAccess = (time: StoryTime): Made[] => {
  const during = { start: time.date(-8), end: time.date(60) };
  return [
    careRelation({ id: 'astrid-vardrelation-avdelning', patient, unit: hsa.avdelning, ...during }),
    svodConsent({
      id: 'astrid-svod-avdelning',
      patient,
      at: time.date(-8),
      answer: 'yes',
      unit: hsa.avdelning,
      ...during,
    }),
  ];
};

/** The home nursing: by day the unit of the insats, by night another, and a yes for both. */
export const hemsjukvardAccess = (time: StoryTime): Made[] => [
  careRelation({
    id: 'astrid-hemsjukvard-natt',
    patient,
    unit: hsa.hemsjukvardNatt,
    insats: 'HSJV',
    start: time.date(-400),
  }),
  svodInformationGiven({ id: 'astrid-information-hemsjukvard', patient, at: time.date(-400) }),
  saidYes({
    id: 'astrid-svod-hemsjukvard',
    patient,
    since: time.date(-400),
    to: { organisation: hsa.kommunHalsoOchSjukvard },
  }),
];

/** The hemtjänst and its nattpatrull. */
export const hemtjanstAccess = (time: StoryTime): Made[] => [
  careRelation({
    id: 'astrid-nattpatrull',
    patient,
    unit: hsa.nattpatrull,
    insats: 'HTJ',
    start: time.date(-390),
  }),
  svodInformationGiven({ id: 'astrid-information-hemtjanst', patient, at: time.date(-390) }),
  saidYes({
    id: 'astrid-svod-hemtjanst',
    patient,
    since: time.date(-390),
    to: { organisation: hsa.kommunOmsorg },
  }),
];
