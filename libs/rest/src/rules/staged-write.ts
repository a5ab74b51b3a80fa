import type { DomainRule, Finding, StagedResource } from '@naravard/fhir';
import type { PutWrite } from '@naravard/store';

/** A write that brings along what the rules that look at other resources ask for (staged-rules.ts). */
export interface StagedWrite extends PutWrite {
  readonly staged: StagedResource;
  /** What was noted and does not refuse the write; rules add theirs, and the answer tells all. */
  readonly warnings: Finding[];
  /** In whose words it is refused when another organisation answers for what is there. */
  readonly ownRule?: DomainRule | undefined;
  /** Of a transaction: index of its entry. */
  entry?: number;
}
