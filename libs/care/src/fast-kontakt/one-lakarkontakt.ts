import type { Bundle, CareTeam } from '@medplum/fhirtypes';
import { type DateRange, type DomainRule, parseReference } from '@naravard/fhir';
import { systems } from '../codes.ts';
import { isFastKontakt, typeOf } from './care-team.ts';
import { warning } from './contact-rule.ts';
import { LAKARKONTAKT } from './contact-types.ts';
import { meet, rangeOf } from './periods.ts';

/**
 * Kept by the database as a claim, so that of two who write at once one wins; the check alone has nothing to look at. It is kept
 * within a vårdgivare: to refuse across them would reveal a hidden contact, and stop whoever lists the patient anew.
 */
export const oneLakarkontakt: DomainRule = {
  id: 'careteam-en-fast-lakarkontakt',
  citation: 'Inera TKB Fasta kontakter 1.0 RC2, rule001; within a vårdgivare',
  sentence:
    'a patient has at most one active fast läkarkontakt at a time within a vårdgivare: hand the present one over with CareTeam/[id]/$handover, or end it first',
  sv: 'Patienten har redan en fast läkarkontakt hos er. Lämna över till den nya, eller avsluta den gamla först.',
  check: () => [],
};

/**
 * That there is another one, at another vårdgivare, is told to who may see it: who may not learns nothing of it. The one within
 * the own vårdgivare is refused.
 */
export const severalLakarkontakter: DomainRule = {
  id: 'careteam-flera-fasta-lakarkontakter',
  citation: 'Inera TKB Fasta kontakter 1.0 RC2, rule001; across vårdgivare',
  sentence: 'who appoints a fast läkarkontakt is told of one at another vårdgivare, if it may be seen',
  sv: 'Patienten har redan en fast läkarkontakt hos en annan vårdgivare.',
  needs: ({ resource }) => searchFor(resource),
  check({ id, resource }, found) {
    const [search] = searchFor(resource);
    const { entry = [] } = (search === undefined ? {} : (found(search) ?? {})) as Bundle<CareTeam>;
    const own = lakarkontaktDuring(resource);
    const others = entry.flatMap((each) => (each.resource && each.resource.id !== id ? [each.resource] : []));
    if (!own || !others.some((other) => meet(own, lakarkontaktDuring(other)))) return [];
    return [
      warning(
        'CareTeam',
        'The patient has an active fast läkarkontakt at another vårdgivare as well: agree with the patient on which one it is. The newest is shown first.',
        'Patienten har redan en fast läkarkontakt hos en annan vårdgivare. Stäm av med patienten vem som gäller.',
      ),
    ];
  },
};

/** The active fasta läkarkontakter of the patient, where the resource is one of a patient here; else nothing. */
function searchFor(resource: object): string[] {
  const subject = parseReference((resource as Partial<CareTeam>).subject?.reference ?? '');
  if (!lakarkontaktDuring(resource) || subject.kind !== 'relative') return [];
  const role = `${systems.fastKontakt}|${LAKARKONTAKT}`;
  return [`CareTeam?${new URLSearchParams({ patient: subject.id, role, status: 'active' })}`];
}

/** When a resource is an active fast läkarkontakt; undefined where it is none. Null limits are open. */
export function lakarkontaktDuring(resource: object): DateRange | undefined {
  if (!isFastKontakt(resource) || resource.status !== 'active' || typeOf(resource) !== LAKARKONTAKT)
    return undefined;
  return rangeOf(resource.period);
}
