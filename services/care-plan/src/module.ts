import {
  behandlingsplanRules,
  egenKandAv,
  egenPlandel,
  egenSignatur,
  egetMeddelande,
  sipRules,
} from '@naravard/care';
import type { ServiceModule } from '@naravard/rest';
import { acknowledge } from './operations/acknowledge.ts';
import { activate } from './operations/activate.ts';
import { kandAv } from './operations/kand-av.ts';
import { revise } from './operations/revise.ts';
import { samordnadPlan } from './operations/samordnad-plan.ts';
import { sign } from './operations/sign.ts';
import { sipAvslut } from './operations/sip/avslut.ts';
import { sipBeslut } from './operations/sip/beslut.ts';
import { sipInbjudan } from './operations/sip/inbjudan.ts';
import { sipMote } from './operations/sip/mote.ts';
import { sipSvar } from './operations/sip/svar.ts';
import { sipUppfoljning } from './operations/sip/uppfoljning.ts';

/** What is planned: behandlingsplan and SIP as head plan and part-plans, their goals, reasons, tasks and meetings. */
export const carePlan: ServiceModule = {
  name: 'care-plan',
  resources: [
    { type: 'CarePlan', rules: [egenPlandel, ...behandlingsplanRules, ...sipRules] },
    { type: 'Goal' },
    { type: 'Condition' },
    { type: 'ServiceRequest' },
    { type: 'Task' },
    { type: 'Communication', rules: [egenKandAv, egetMeddelande] },
    { type: 'Appointment' },
    { type: 'DocumentReference' },
    { type: 'Provenance', rules: [egenSignatur] },
  ],
  operations: [
    sign,
    activate,
    revise,
    acknowledge,
    kandAv,
    sipInbjudan,
    sipSvar,
    sipMote,
    sipBeslut,
    sipUppfoljning,
    sipAvslut,
    samordnadPlan,
  ],
};
