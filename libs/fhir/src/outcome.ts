/**
 * The closed error table: every failure of the service is one of these kinds, and nothing else decides a status.
 * Issue codes: http://hl7.org/fhir/R4/valueset-issue-type.html. docs/errors.md lists the same rows; a test compares them.
 */
export const problems = {
  invalid: {
    status: 400,
    code: 'invalid',
    en: 'The content is not valid FHIR R4.',
    sv: 'Innehållet följer inte FHIR R4.',
  },
  structure: {
    status: 400,
    code: 'structure',
    en: 'The body cannot be parsed.',
    sv: 'Innehållet går inte att tolka.',
  },
  'bad-request': {
    status: 400,
    code: 'value',
    en: 'The request is not understood.',
    sv: 'Begäran går inte att tolka.',
  },
  'unknown-parameter': {
    status: 400,
    code: 'not-supported',
    en: 'The search parameter is not supported.',
    sv: 'Sökparametern stöds inte.',
  },
  login: { status: 401, code: 'login', en: 'A valid access token is required.', sv: 'Du behöver logga in.' },
  forbidden: {
    status: 403,
    code: 'forbidden',
    en: 'The caller may not do this.',
    sv: 'Du har inte behörighet till detta.',
  },
  'not-found': { status: 404, code: 'not-found', en: 'Not found.', sv: 'Uppgiften finns inte.' },
  'unknown-route': {
    status: 404,
    code: 'not-supported',
    en: 'There is nothing at this address.',
    sv: 'Adressen finns inte.',
  },
  'method-not-allowed': {
    status: 405,
    code: 'not-supported',
    en: 'The method is not allowed here.',
    sv: 'Åtgärden är inte tillåten här.',
  },
  'not-acceptable': {
    status: 406,
    code: 'not-supported',
    en: 'The answer is not available in this format.',
    sv: 'Svaret finns inte i det formatet.',
  },
  timeout: {
    status: 408,
    code: 'timeout',
    en: 'The request was not received in time.',
    sv: 'Begäran tog för lång tid.',
  },
  conflict: {
    status: 409,
    code: 'conflict',
    en: 'The change conflicts with another one.',
    sv: 'Ändringen krockar med en annan ändring.',
  },
  deleted: {
    status: 410,
    code: 'deleted',
    en: 'The resource has been deleted.',
    sv: 'Uppgiften är borttagen.',
  },
  'stale-version': {
    status: 412,
    code: 'conflict',
    en: 'The resource has changed since it was read.',
    sv: 'Uppgiften har ändrats sedan den lästes.',
  },
  'multiple-matches': {
    status: 412,
    code: 'multiple-matches',
    en: 'The condition matches more than one resource.',
    sv: 'Villkoret träffar flera uppgifter.',
  },
  'too-large': {
    status: 413,
    code: 'too-long',
    en: 'The body is too large.',
    sv: 'Innehållet är för stort.',
  },
  'address-too-long': {
    status: 414,
    code: 'too-long',
    en: 'The address is too long.',
    sv: 'Adressen är för lång.',
  },
  'unsupported-media': {
    status: 415,
    code: 'not-supported',
    en: 'The content type is not supported.',
    sv: 'Innehållstypen stöds inte.',
  },
  unprocessable: {
    status: 422,
    code: 'processing',
    en: 'The content cannot be processed.',
    sv: 'Innehållet går inte att behandla.',
  },
  'business-rule': {
    status: 422,
    code: 'business-rule',
    en: 'A rule of the service forbids this.',
    sv: 'En regel i tjänsten hindrar detta.',
  },
  'too-costly': {
    status: 422,
    code: 'too-costly',
    en: 'The request would cost too much.',
    sv: 'Begäran kräver för mycket.',
  },
  'precondition-required': {
    status: 428,
    code: 'required',
    en: 'If-Match is required here.',
    sv: 'Ange vilken version som ändras.',
  },
  throttled: { status: 429, code: 'throttled', en: 'Too many requests.', sv: 'För många anrop.' },
  'header-too-large': {
    status: 431,
    code: 'too-long',
    en: 'The header is too large.',
    sv: 'Anropets huvud är för stort.',
  },
  internal: {
    status: 500,
    code: 'exception',
    en: 'An internal error occurred.',
    sv: 'Ett internt fel har inträffat.',
  },
  unavailable: {
    status: 503,
    code: 'transient',
    en: 'The service is temporarily unavailable.',
    sv: 'Tjänsten är tillfälligt otillgänglig.',
  },
} as const satisfies Record<string, { status: number; code: string; en: string; sv: string }>;

export type ProblemKind = keyof typeof problems;

/** One thing that is wrong: `expression` is FHIRPath (or a header/parameter name), `diagnostics` says what to do next. */
export interface Finding {
  severity: 'error' | 'warning';
  /** FHIR issue code; the kind's own when absent. */
  code?: string;
  expression?: string;
  diagnostics: string;
  /** What `details.text` says in place of the kind's own Swedish, where a patient or staff may see it. */
  sv?: string;
  /** Id of the domain rule that is broken; `GET /docs/rules` tells what it says. */
  rule?: string;
}

/** The only error that callers of the libs are meant to see. `cause` is logged, never sent. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly findings: readonly Finding[];

  constructor(
    kind: ProblemKind,
    findings: string | Finding | readonly Finding[] = [],
    options?: ErrorOptions,
  ) {
    super(kind, options);
    this.kind = kind;
    this.findings =
      typeof findings === 'string'
        ? [{ severity: 'error', diagnostics: findings }]
        : 'severity' in findings
          ? [findings]
          : findings;
  }

  get status(): number {
    return problems[this.kind].status;
  }
}

/** The OperationOutcome of a problem; `details.text` is Swedish because a person may see it. */
export function outcomeOf(problem: Problem): { resourceType: 'OperationOutcome'; issue: object[] } {
  const { code, en, sv } = problems[problem.kind];
  const findings: readonly Finding[] = problem.findings.length
    ? problem.findings
    : [{ severity: 'error', diagnostics: en }];
  return {
    resourceType: 'OperationOutcome',
    issue: mostGrave(findings).map((finding) => ({
      severity: finding.severity,
      code: finding.code ?? code,
      details: {
        coding: [
          { system: 'https://naravard.se/fhir/CodeSystem/problem', code: problem.kind, display: en },
          ...(finding.rule
            ? [{ system: 'https://naravard.se/fhir/CodeSystem/regel', code: finding.rule }]
            : []),
        ],
        text: finding.sv ?? sv,
      },
      diagnostics: finding.diagnostics,
      ...(finding.expression && { expression: [finding.expression] }),
    })),
  };
}

/** An answer is no larger than what somebody reads, however much there is to say. */
const mostTold = 100;

function mostGrave(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostTold) return findings;
  const ordered = findings.toSorted(
    (a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'),
  );
  const rest: Finding = {
    severity: 'warning',
    diagnostics: `${findings.length - mostTold} more: mend these first.`,
  };
  return [...ordered.slice(0, mostTold), rest];
}
