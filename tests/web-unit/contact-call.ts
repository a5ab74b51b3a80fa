import type { ContactCall } from '../../services/web/src/api/plan.ts';

/** Somebody who answers now, at a number. */
export const call = (name: string, value: string, more: Partial<ContactCall> = {}): ContactCall => ({
  path: null,
  kind: 'team',
  typ: null,
  name,
  who: name,
  uppdrag: null,
  value,
  answers: 'nu',
  hours: 'Svarar dygnet runt.',
  remark: null,
  ...more,
});
