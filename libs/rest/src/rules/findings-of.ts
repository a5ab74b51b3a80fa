import type { DomainRule, Finding, Found, StagedResource } from '@naravard/fhir';

/** What breaks a rule, with the rule's id and its source. */
export const findingsOf = (rule: DomainRule, staged: StagedResource, found: Found): Finding[] =>
  rule.check(staged, found).map((finding) => ({
    ...finding,
    rule: rule.id,
    diagnostics: `${finding.diagnostics} (${rule.id}: ${rule.citation})`,
    sv: finding.sv ?? rule.sv,
  }));
