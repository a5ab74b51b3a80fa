const mime = {
  system: 'urn:ietf:bcp:13',
  // RFC 6838 names with parameters; `xml`, `json` and `ttl` stand for formats in CapabilityStatement.format.
  form: /^(?:[A-Za-z0-9][\w!#$&^.+-]{0,126}\/[A-Za-z0-9][\w!#$&^.+-]{0,126}(?:\s?;\s?[\w!#$&^.+-]+=(?:"[^"]*"|[^\s;"]+))*|xml|json|ttl)$/,
  expected: 'a MIME type such as application/pdf (BCP 13)',
};

const language = {
  system: 'urn:ietf:bcp:47',
  // RFC 5646: language, script, region, variants, extensions, private use.
  form: /^(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8}|x(?:-[A-Za-z0-9]{1,8})+)(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*(?:-x(?:-[A-Za-z0-9]{1,8})+)?$/,
  expected: 'a language tag such as sv or sv-SE (BCP 47)',
};

const unit = {
  system: 'http://unitsofmeasure.org',
  // UCUM section 2: printable ASCII, spaces in annotations only.
  form: /^(?:[!-z|~]|\{[!-z|~ ]*\})+$/,
  expected: 'a UCUM unit',
};

/**
 * The value sets that R4 requires but does not enumerate. Decision: they are checked by form, since a list would be
 * either large or stale; the code's meaning is left to the reader. ISO 4217 currencies are a list (r4-codes.json).
 */
export const externalForms: ReadonlyMap<string, { system: string; form: RegExp; expected: string }> = new Map(
  [
    ['http://hl7.org/fhir/ValueSet/mimetypes', mime],
    ['http://www.rfc-editor.org/bcp/bcp13.txt', mime],
    ['http://hl7.org/fhir/ValueSet/all-languages', language],
    ['http://hl7.org/fhir/ValueSet/ucum-units', unit],
  ],
);

/** Bound in R4 to lists that are neither published with it nor of a fixed form; these codes are accepted as they are. */
export const uncheckedValueSets: ReadonlySet<string> = new Set([
  // MolecularSequence.structureVariant.variantType: a LOINC answer list.
  'http://loinc.org/vs/LL379-9',
]);
