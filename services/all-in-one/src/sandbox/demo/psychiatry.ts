import type { CarePlan, Encounter } from '@medplum/fhirtypes';
import { careRelation, type Made, sparr } from '@naravard/access';
import { hsa } from '../hsa.ts';
import { ownPlan } from './own-plan.ts';
import { row } from './plan-rows.ts';
import { visit } from './visit.ts';

const patient = 'astrid-testberg';
const KARIM = ['karim-haddad', 'Karim Haddad'] as const;

/**
 * What the psychiatric unit wrote after Astrid's husband died, and the two spärrar that she asked for: the inner one keeps
 * it from other units of the region (PDL 2008:355 4 kap. 4 §), the outer one from everybody else (SVOD 2022:913 2 kap. 3 §).
 */
export const psychiatry: (CarePlan | Encounter | Made)[] = [
  ownPlan({
    id: 'astrid-psykiatri-plan',
    patient,
    kind: 'vardplan',
    title: 'Vårdplan: samtalsstöd vid sorg',
    author: KARIM,
    start: '2019-03-12',
    activity: [
      row({
        text: 'Samtal en gång i halvåret.',
        who: 'PractitionerRole/karim-haddad',
        often: 'Varje halvår',
      }),
    ],
  }),
  visit({
    id: 'astrid-psykiatri-besok',
    patient,
    place: 'AMB',
    type: 'mottagningsbesok',
    who: KARIM,
    unit: ['psykiatriska-mottagningen', 'Psykiatriska mottagningen Falkenberg'],
    start: '2019-03-12T13:00:00+01:00',
    end: '2019-03-12T14:00:00+01:00',
    why: 'Sorg och sömnsvårigheter.',
  }),
  careRelation({ id: 'astrid-vardrelation-psykiatri', patient, unit: hsa.psykiatri, start: '2019-03-12' }),
  ...(['inner', 'outer'] as const).map((reach) =>
    sparr({
      id: `astrid-sparr-${reach === 'inner' ? 'inre' : 'yttre'}`,
      patient,
      at: '2019-03-12T14:00:00+01:00',
      reach,
      unit: hsa.psykiatri,
      start: '2019-03-12',
    }),
  ),
];
