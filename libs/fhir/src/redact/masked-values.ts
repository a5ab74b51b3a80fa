/** JSON texts that stand where something was taken out: none of them tells what was there, nor how much. */

/** The words of the Swedish base profiles for a part of a protected identity. */
export const protectedText = '"Skyddad uppgift"';

const absentReason =
  '{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}';

/** An element of any complex type that may not be shown. http://hl7.org/fhir/R4/extension-data-absent-reason.html */
export const absent = `{"extension":[${absentReason}]}`;

/** A Reference, or one that is only a name, to what may not be shown. */
export const protectedReference = `{"extension":[${absentReason}],"display":${protectedText}}`;

/**
 * A HumanName of somebody with protected identity, in the shape of PatientExample200001252386 of the Swedish base
 * profiles (hl7se.fhir.base 1.1.0).
 */
export const protectedName = `{"use":"official","text":${protectedText},"family":${protectedText},"given":[${protectedText}]}`;

/** Skatteverket's förmedlingsuppdrag, which passes on post to persons with protected identity; from the same example. */
export const forwardingAddress =
  '{"extension":[{"url":"http://hl7.se/fhir/ig/base/StructureDefinition/SEBaseAddressPersonExtension",' +
  '"valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"63391000052104","display":"särskild postadress"}]}}],' +
  '"line":["Förmedlingsuppdrag","Box 2820"],"city":"GÖTEBORG","postalCode":"40320"}';

/** A Narrative in place of one that may name what is not shown. */
export const neutralNarrative =
  '{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\" lang=\\"sv\\">Texten visas inte: uppgifter i den är skyddade.</div>"}';
