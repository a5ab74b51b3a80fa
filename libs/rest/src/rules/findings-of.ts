import type { DomainRule, Finding, Found, StagedResource } from '@naravard/fhir';

/** A finding in the words of the rule that it breaks: with its id, its source, and its Swedish where there is no other. */
export const inWordsOf = ({ id, citation, sv }: DomainRule, finding: Finding): Finding => ({
  ...finding,
  rule: id,
  diagnostics: `${finding.diagnostics} (${id}: ${citation})`,
  sv: finding.sv ?? sv,
});

/** What breaks a rule. */
export const findingsOf = (rule: DomainRule, staged: StagedResource, found: Found): Finding[] =>
  rule.check(staged, found).map((finding) => inWordsOf(rule, finding));
