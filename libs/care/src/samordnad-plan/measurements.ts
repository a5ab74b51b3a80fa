import type { Observation, Quantity } from '@medplum/fhirtypes';
import type { KnownResources } from './known-resources.ts';

/** What is measured again and again, with the limits of the person's plan. */
export interface Measurement {
  /** LOINC. */
  readonly code: string;
  readonly title: string;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
  /** The oldest first. */
  readonly values: readonly { readonly at: string; readonly value: number }[];
}

const loinc = 'http://loinc.org';

/** LOINC codes that are read, in the order in which they are shown, by what they are called to the person. */
const titles: Readonly<Record<string, string>> = {
  '29463-7': 'Vikt',
  '59408-5': 'Syremättnad',
  '2708-6': 'Syremättnad',
  '8867-4': 'Puls',
  '9279-1': 'Andning per minut',
  '8310-5': 'Kroppstemperatur',
};

/** `system|code` of what is measured, as a search has it. */
export const measuredCodes: readonly string[] = Object.keys(titles).map((code) => `${loinc}|${code}`);

const isMeasured: ReadonlySet<string> = new Set(['final', 'amended', 'corrected']);

/** Numbers of each sort in one unit, that of the newest: another would be another line. */
export function measurementsOf(known: KnownResources): Measurement[] {
  const found = known
    .of('Observation')
    .filter(({ status }) => isMeasured.has(status))
    .flatMap(readingOf);
  return Object.entries(titles).flatMap(([code, title]) => {
    const readings = found
      .filter((each) => each.code === code)
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    const newest = readings.at(-1);
    if (newest === undefined) return [];
    const limits = goalFor(code, known) ?? newest.of.referenceRange?.[0];
    return {
      code,
      title,
      unit: newest.unit,
      low: numberOf(limits?.low, newest.unit),
      high: numberOf(limits?.high, newest.unit),
      values: readings.filter(({ unit }) => unit === newest.unit).map(({ at, value }) => ({ at, value })),
    };
  });
}

interface Reading {
  readonly code: string;
  readonly at: string;
  readonly value: number;
  readonly unit: string;
  readonly of: Observation;
}

function readingOf(of: Observation): Reading[] {
  const { code, effectiveDateTime: at, valueQuantity: { value, unit, code: ucum } = {} } = of;
  const kind = code.coding?.find(({ system }) => system === loinc)?.code;
  if (kind === undefined || at === undefined || value === undefined) return [];
  return [{ code: kind, at, value, unit: unit ?? ucum ?? '', of }];
}

const numberOf = (quantity: Quantity | undefined, unit: string): number | null =>
  (quantity?.unit ?? quantity?.code ?? unit) === unit ? (quantity?.value ?? null) : null;

/** The limits that a goal in force sets. */
const goalFor = (code: string, known: KnownResources) =>
  known
    .of('Goal')
    .filter(({ lifecycleStatus }) => lifecycleStatus === 'active')
    .flatMap(({ target = [] }) => target)
    .find(({ measure }) => measure?.coding?.some((each) => each.system === loinc && each.code === code))
    ?.detailRange;
