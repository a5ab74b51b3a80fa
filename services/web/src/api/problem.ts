import type { OperationOutcome } from './fhir.ts';

const fallback: Readonly<Record<number, string>> = {
  401: 'Du behöver logga in igen.',
  403: 'Du har inte rätt att göra det här.',
  404: 'Uppgiften finns inte.',
  409: 'Någon annan har just ändrat samma sak. Läs om sidan och försök igen.',
  412: 'Någon annan har just ändrat samma sak. Läs om sidan och försök igen.',
  429: 'Det blev för många frågor på en gång. Vänta en minut och försök igen.',
  503: 'Tjänsten svarar inte just nu. Försök igen om en stund.',
};

/** The API refused: what it answered, and a Swedish sentence about it that can be shown. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** Null where the answer was no OperationOutcome, as from a proxy in between. */
  readonly outcome: OperationOutcome | null;

  /** @param answer the parsed body */
  constructor(status: number, answer: unknown) {
    super(`The API answered ${status}.`);
    this.status = status;
    this.outcome = isOutcome(answer) ? answer : null;
  }

  /** `details.text` of the first issue, which the API writes in Swedish. */
  get text(): string {
    return (
      this.outcome?.issue[0]?.details?.text ??
      fallback[this.status] ??
      'Något gick fel. Försök igen om en stund.'
    );
  }

  /** The stable code of the first issue (CodeSystem/problem): `not-found`, `conflict`. */
  get code(): string | null {
    return this.outcome?.issue[0]?.details?.coding?.[0]?.code ?? null;
  }
}

const isOutcome = (answer: unknown): answer is OperationOutcome =>
  typeof answer === 'object' &&
  answer !== null &&
  (answer as { resourceType?: unknown }).resourceType === 'OperationOutcome' &&
  Array.isArray((answer as { issue?: unknown }).issue);
