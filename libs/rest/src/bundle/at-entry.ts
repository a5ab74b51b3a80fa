import { Problem } from '@naravard/fhir';
import { telling, toldBy } from '../telling-refusal.ts';

/** The entry's place, in front of what is wrong with it. */
export function atEntry({ index }: { readonly index: number }, problem: Problem): Problem {
  const place = `Bundle.entry[${index}]`;
  const findings = problem.findings.length
    ? problem.findings.map((finding) => ({ ...finding, expression: below(place, finding.expression) }))
    : [{ severity: 'error' as const, expression: place, diagnostics: `This failed at ${place}.` }];
  return telling(new Problem(problem.kind, findings, { cause: problem.cause }), toldBy(problem));
}

/** `CarePlan.status` is at `Bundle.entry[3].resource.status`; a header or parameter is just named after the place. */
function below(place: string, expression: string | undefined): string {
  if (!expression) return place;
  const [root = '', ...path] = expression.split('.');
  return /^[A-Z]/.test(root) && !root.includes('-') ? [`${place}.resource`, ...path].join('.') : place;
}
