/** http://hl7.org/fhir/R4/http.html#ops and http://hl7.org/fhir/R4/search.html#errors */
export interface Prefer {
  return?: 'minimal' | 'representation' | 'OperationOutcome';
  handling: 'strict' | 'lenient';
  /** `respond-async` (RFC 7240 section 4.1): the answer may come later. */
  async?: true;
}

const strict: Prefer = { handling: 'strict' };

/** Reads `Prefer`; what it does not know it leaves aside, as RFC 7240 says. */
export function parsePrefer(header: string | undefined): Prefer {
  if (!header) return strict;
  const prefer: Prefer = { handling: 'strict' };
  for (const part of header.split(/[,;]/)) {
    const [name, value] = part.split('=').map((text) => text.trim().replace(/^"|"$/g, ''));
    if (
      name === 'return' &&
      (value === 'minimal' || value === 'representation' || value === 'OperationOutcome')
    ) {
      prefer.return ??= value;
    }
    if (name === 'handling' && value === 'lenient') prefer.handling = value;
    if (name === 'respond-async') prefer.async = true;
  }
  return prefer;
}
