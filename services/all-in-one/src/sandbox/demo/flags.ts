import type { Coding, Flag } from '@medplum/fhirtypes';
import { coding, ref, systems } from './codes.ts';
import type { StoryTime } from './story-time.ts';

interface Warning {
  id: string;
  /** Id of the Patient. */
  of: string;
  code: readonly [code: string, display: string];
  text: string;
  since: string;
  labels?: readonly Coding[];
}

/** What who comes to the person has to know first: uppmärksamhetsinformation. */
const flag = ({ id, of, code, text, since, labels }: Warning): Flag => ({
  resourceType: 'Flag',
  id,
  ...(labels && { meta: { security: [...labels] } }),
  status: 'active',
  code: { coding: [coding(systems.uppmarksamhet, ...code)], text },
  subject: ref(`Patient/${of}`),
  period: { start: since },
  author: ref('PractitionerRole/omar-lind', 'Omar Lind'),
});

export const astridFlags = (time: StoryTime): Flag[] => [
  flag({
    id: 'astrid-syrgas',
    of: 'astrid-testberg',
    code: ['syrgas', 'Syrgas'],
    text: 'Syremättnad 88–92 procent är målet. Ge inte mer syrgas än så.',
    since: time.date(-180),
  }),
  flag({
    id: 'astrid-allergi',
    of: 'astrid-testberg',
    code: ['allergi', 'Allergi'],
    text: 'Tål inte penicillin: får utslag.',
    since: time.date(-2400),
  }),
];

export const gunvorFlags = (time: StoryTime, labels: readonly Coding[]): Flag[] => [
  flag({
    id: 'gunvor-horsel',
    of: 'gunvor-testberg',
    code: ['horsel', 'Hörsel'],
    text: 'Har hörapparat. Stå framför henne och tala lugnt.',
    since: time.date(-900),
    labels,
  }),
];
