import { replaceReferences } from '@naravard/fhir';

const literal = /("reference"\s*:\s*")([^"\\]*)"/g;
const restful = /^(https?:\/\/.+\/)[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/;

/**
 * The text with every reference to another entry put right. A relative reference in an entry with a RESTful fullUrl
 * means the entry of the same server: http://hl7.org/fhir/R4/bundle.html#references
 */
export function readdress(
  text: string,
  fullUrl: string | undefined,
  addresses: ReadonlyMap<string, string>,
): string {
  if (!addresses.size) return text;
  const replaced = replaceReferences(text, addresses);
  const root = restful.exec(fullUrl ?? '')?.[1];
  if (root === undefined) return replaced;
  return replaced.replace(literal, (whole, before: string, reference: string) => {
    const address = addresses.get(reference) ?? addresses.get(root + reference);
    return address === undefined ? whole : `${before}${address}"`;
  });
}
