import type { Module } from './module.ts';

/** The types that every process has, whatever it mounts: consent, origin and audit. */
export const baseModule: Module = {
  name: 'base',
  resources: [{ type: 'Consent' }, { type: 'Provenance' }, { type: 'AuditEvent' }],
};
