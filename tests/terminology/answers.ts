import type { TestApp } from '@naravard/testkit';

/** A parameter of an answer, or a part of one. */
export interface Part {
  readonly name: string;
  readonly part?: readonly Part[];
  readonly [element: string]: unknown;
}

/** Asks by POST with Parameters. */
export const posting =
  (api: () => TestApp) =>
  (path: string, ...parameter: object[]) =>
    api().ask('POST', path, { body: { resourceType: 'Parameters', parameter } });

/** The value of a parameter or part, whatever its type. */
export const valueIn = (parts: readonly Part[] = [], name: string): unknown =>
  Object.entries(parts.find((each) => each.name === name) ?? {}).find(([key]) =>
    key.startsWith('value'),
  )?.[1];

export const out = ({ json }: { json: { parameter?: readonly Part[] } }, name: string): unknown =>
  valueIn(json.parameter, name);

/** Status and first issue. */
export const refusal = ({
  status,
  json,
}: {
  status: number;
  json: { issue: readonly Record<string, unknown>[] };
}) => ({
  status,
  ...(json.issue[0] as { code: string; diagnostics: string; expression?: string[] }),
});
