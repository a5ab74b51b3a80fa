import { canonicalIdentifier, type Definitions, identifierSystems } from '@naravard/fhir';

export type Path = readonly (string | number)[];

/** A Reference in a resource, by a literal or else by one of the identifiers that lead to a resource here. */
export type Held =
  | { readonly kind: 'literal'; readonly path: Path; readonly reference: string }
  | {
      readonly kind: 'logical';
      readonly path: Path;
      readonly type: string | undefined;
      /** In canonical form. */
      readonly system: string;
      readonly value: string;
    };

/** The references of a resource, or of a Bundle, in their order; http://hl7.org/fhir/R4/references.html */
export function heldReferences(resource: object): Held[] {
  const found: Held[] = [];
  visit(resource, [], found);
  return found;
}

function visit(value: unknown, path: (string | number)[], found: Held[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) below(value[at], at, path, found);
    return;
  }
  const held = heldIn(value as Record<string, unknown>, path);
  if (held) found.push(held);
  for (const name in value) below((value as Record<string, unknown>)[name], name, path, found);
}

function below(value: unknown, step: string | number, path: (string | number)[], found: Held[]): void {
  if (typeof value !== 'object') return;
  path.push(step);
  visit(value, path, found);
  path.pop();
}

function heldIn(
  { reference, identifier, type, resourceType }: Record<string, unknown>,
  path: Path,
): Held | undefined {
  if (typeof reference === 'string') return { kind: 'literal', path: [...path], reference };
  if (reference !== undefined || resourceType !== undefined || !path.length) return undefined;
  const { system: given, value } = (identifier ?? {}) as { system?: unknown; value?: unknown };
  if (typeof given !== 'string' || typeof value !== 'string') return undefined;
  const { system, value: canonical } = canonicalIdentifier(given, value);
  if (system === null || !leading.has(system)) return undefined;
  const named = typeof type === 'string' ? type.slice(type.lastIndexOf('/') + 1) : undefined;
  return { kind: 'logical', path: [...path], type: named, system, value: canonical };
}

const leading: ReadonlySet<string> = new Set(Object.values(identifierSystems));

/** `CarePlan.activity[0].detail.performer[1]` */
export const expressionOf = (type: string, path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}.${step}`),
    type,
  );

/** `activity.detail.performer` */
export const elementOf = (path: Path): string => path.filter((step) => typeof step === 'string').join('.');

/** The types that a Reference may be to (none: any); undefined where no Reference stands. */
export function targetsAt(
  definitions: Definitions,
  resource: object,
  path: Path,
): readonly string[] | undefined {
  let value: unknown = resource;
  let type = typeOf(resource) ?? '';
  let targets: readonly string[] = [];
  for (const step of path) {
    if (typeof step === 'string') {
      const element = elementAt(definitions, type, step);
      if (!element) return undefined;
      ({ type, targets } = element);
    }
    value = (value as Record<string | number, unknown>)[step];
    type = typeOf(value) ?? type;
  }
  return type === 'Reference' ? targets : undefined;
}

const typeOf = (value: unknown): string | undefined => {
  const { resourceType } = (value ?? {}) as { resourceType?: unknown };
  return typeof resourceType === 'string' ? resourceType : undefined;
};

function elementAt(definitions: Definitions, type: string, property: string) {
  for (const { name, types } of definitions.type(type)?.elements.values() ?? []) {
    const child = definitions.children(type, name).find((each) => each.property === property);
    if (child) {
      return { type: child.type, targets: types.find(({ code }) => code === 'Reference')?.targets ?? [] };
    }
  }
  return undefined;
}
