import { type Actor, allows } from '@naravard/access';
import type { LogReader } from '@naravard/store';

/**
 * Who reads the audit, by what token. PDL (2008:355) 4 kap 3 § and SVOD (2022:913) 4 kap 4 §: staff with the task of
 * checking the log, of the own legal actor; SVOD 4 kap 2 §: the person, about the own data. To everybody else - other
 * staff, system clients, administrators, and guardians but for `$atkomstlogg` - the log is empty.
 */
export function auditReader(actor: Actor, letter: 'r' | 's'): LogReader {
  if (!allows(actor.grants, 'AuditEvent', letter, [])) return { kind: 'nobody' };
  const { caller } = actor;
  if (caller.kind === 'patient') {
    return { kind: 'person', patient: caller.patient };
  }
  return isReviewer(actor) ? { kind: 'reviewer', organisation: actor.organisation } : { kind: 'nobody' };
}

/** As `auditReader`, about one patient, and for who acts for that patient too. */
export function accessLogReader(actor: Actor, patient: string): LogReader {
  const { caller } = actor;
  const isOwn = caller.kind === 'patient' && caller.patient === patient;
  const isFor = caller.kind === 'guardian' && caller.of === patient;
  if (isOwn || isFor) {
    return allows(actor.grants, 'AuditEvent', 's', []) ? { kind: 'person', patient } : { kind: 'nobody' };
  }
  const reader = auditReader(actor, 's');
  return reader.kind === 'reviewer' ? reader : { kind: 'nobody' };
}

export const isReviewer = (actor: Actor): actor is Actor & { organisation: string } =>
  actor.caller.kind === 'staff' && actor.organisation !== null && actor.rights.includes('log-review');
