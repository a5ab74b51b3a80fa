const system = 'urn:ietf:rfc:3986';

const uri = (id: string): string => `urn:uuid:${id}`;

/** What the service and the queue know a new resource by, a UUID made here, however often it is sent. */
export const identifierOf = (id: string) => [{ system, value: uri(id) }];

/** Of a search for what was made with this id. */
export const identifiedBy = (id: string): string => `identifier=${system}|${uri(id)}`;

/** Whether a body has the identifier of this id. */
export function isIdentified(body: unknown, id: string): boolean {
  const { identifier } = body as { identifier?: { system?: string; value?: string }[] };
  return identifier?.some((each) => each.system === system && each.value === uri(id)) ?? false;
}
