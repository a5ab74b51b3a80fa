import type { ServiceModule } from '@naravard/rest';

/** What is planned: behandlingsplan and SIP as head plan and part-plans, their goals, reasons, tasks and meetings. */
export const carePlan: ServiceModule = {
  name: 'care-plan',
  resources: [
    { type: 'CarePlan' },
    { type: 'Goal' },
    { type: 'Condition' },
    { type: 'ServiceRequest' },
    { type: 'Task' },
    { type: 'Communication' },
    { type: 'Appointment' },
    { type: 'DocumentReference' },
  ],
};
