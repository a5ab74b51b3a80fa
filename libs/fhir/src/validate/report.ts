import type { Finding } from '../outcome.ts';
import { Trail } from './trail.ts';

const maxFindings = 100;

/** The findings of one validation, each with the place where it was made. */
export class Report {
  readonly findings: Finding[] = [];
  readonly trail: Trail = new Trail();
  /** Errors so far, those beyond the hundred that are reported included. */
  errors = 0;

  /** `child`: a step below the current place, such as a missing element. */
  error(code: string, diagnostics: string, child?: string): void {
    this.errors += 1;
    this.#add({ severity: 'error', code, expression: this.trail.expression(child), diagnostics });
  }

  warning(code: string, diagnostics: string): void {
    this.#add({ severity: 'warning', code, expression: this.trail.expression(), diagnostics });
  }

  #add(finding: Finding): void {
    if (this.findings.length < maxFindings) this.findings.push(finding);
    else if (this.findings.length === maxFindings) {
      this.findings.push({
        severity: 'error',
        code: 'too-costly',
        diagnostics: `Only the first ${maxFindings} findings are shown. Correct these and send the resource again.`,
      });
    }
  }
}
