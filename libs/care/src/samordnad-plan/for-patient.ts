import type { Coding, Resource } from '@medplum/fhirtypes';
import { isForStaffAlone } from '@naravard/fhir';

/** v3-ActCode of R4 and the code that Inera writes for it; naravard's own label of notes between staff. */
const notForPatient: readonly string[] = ['NOPAT', 'NOPATIENT', 'internal-note'];

/**
 * What the person may be given of resources that staff may see: without those labelled not to be disclosed and notes between
 * staff (PDL 2008:355 5 kap 5 §), and without numbers for staff alone. Those that nothing is taken from come back as they are.
 *
 * The person's own log-in may still be given another answer: it sees what is blocked for the staff, nothing that was made
 * available by SVOD (2022:913) 2 kap 6 §, and nothing at some ages.
 */
export const forPatient = (resources: readonly object[]): object[] =>
  resources.filter((each) => !isKept(each as Resource)).map((each) => withoutStaffNumbers(each));

const isKept = ({ meta }: Resource): boolean =>
  meta?.security?.some(({ code }: Coding) => code !== undefined && notForPatient.includes(code)) ?? false;

/** The narrative goes with the numbers, since it may say them in words. */
function withoutStaffNumbers(resource: object): object {
  if (!hasStaffNumber(resource)) return resource;
  const { text: _, ...rest } = cutNumbers(resource) as Record<string, unknown>;
  return rest;
}

/** Asked of everything, and so without a copy of anything. */
function hasStaffNumber(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (Array.isArray(value)) return value.some(hasStaffNumber);
  return (
    (Array.isArray(value.extension) && isForStaffAlone(value.extension)) ||
    Object.values(value).some(hasStaffNumber)
  );
}

/** The value without numbers for staff alone, wherever they stand. */
function cutNumbers(value: unknown): unknown {
  const isCut = (member: unknown) =>
    isObject(member) && Array.isArray(member.extension) && isForStaffAlone(member.extension);
  if (Array.isArray(value)) return value.filter((each) => !isCut(each)).map(cutNumbers);
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (isCut(member)) return [];
    const cut = cutNumbers(member);
    return Array.isArray(cut) && cut.length === 0 ? [] : [[name, cut]];
  });
  return Object.fromEntries(members);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
