export const fhirNamespace = 'http://hl7.org/fhir';
export const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';

/** Deepest nesting of XHTML that is read; the validation of a narrative has the same bound. */
export const deepestXhtml = 200;
