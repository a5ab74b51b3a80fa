import type { Extension } from '@medplum/fhirtypes';

/** What any element of a resource may hold, as far as plans are read. */
interface Extended {
  extension?: Extension[] | undefined;
}

export const extensionsOf = (element: Extended | undefined, url: string): Extension[] =>
  (element?.extension ?? []).filter((each) => each?.url === url);

export const extensionOf = (element: Extended | undefined, url: string): Extension | undefined =>
  extensionsOf(element, url)[0];

/** FHIRPath of an extension, for findings. */
export const extensionPath = (of: string, url: string): string => `${of}.extension.where(url = '${url}')`;

/** `Type/id` of a literal reference to a resource here, whatever its version; undefined for all others. */
export const keyOf = (reference: { reference?: string | undefined } | undefined): string | undefined =>
  /^([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]+)?$/.exec(
    reference?.reference ?? '',
  )?.[1];

/** The literal references of a list, as `Type/id`. */
export const keysOf = (references: readonly { reference?: string }[] | undefined): string[] =>
  (references ?? []).flatMap((each) => keyOf(each) ?? []);
