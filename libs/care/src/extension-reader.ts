interface Extended<Extension> {
  readonly extension?: readonly Extension[] | undefined;
}

interface Named {
  readonly url?: string;
}

/** The extensions of one URL, or sub-extensions of one name, in their order. */
export const extensionsOf = <Extension extends Named>(
  element: Extended<Extension> | undefined,
  url: string,
): Extension[] => (element?.extension ?? []).filter((each) => each?.url === url);

export const extensionOf = <Extension extends Named>(
  element: Extended<Extension> | undefined,
  url: string,
): Extension | undefined => extensionsOf(element, url)[0];

/** FHIRPath of an extension, for findings. */
export const extensionPath = (of: string, url: string): string => `${of}.extension.where(url = '${url}')`;
