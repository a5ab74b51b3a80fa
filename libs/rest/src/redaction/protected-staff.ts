import type { ProtectedStaff, Store } from '@naravard/store';

/** Who of the staff is named to nobody: at most some seconds old, and never older than what this process has written. */
export interface KnownStaff {
  current(): Promise<ProtectedStaff>;
  /** After a change of the directory. */
  forget(): void;
}

/** Milliseconds that a process may not know of what another one has labelled. */
const FRESH = 3_000;

/**
 * The set is read again when it is asked for and is older than `fresh`: one small question in some seconds, where one for
 * each page that refers to staff would be one for nearly every page. Without an answer nothing is shown.
 */
export function knownStaff(store: Pick<Store, 'protectedStaff'>, fresh = FRESH): KnownStaff {
  let known: { readonly until: number; readonly staff: Promise<ProtectedStaff> } | undefined;
  const forget = (): void => {
    known = undefined;
  };
  return {
    current() {
      const now = Date.now();
      if (known && now < known.until) return known.staff;
      const asked = { until: now + fresh, staff: store.protectedStaff() };
      known = asked;
      asked.staff.catch(() => {
        if (known === asked) forget();
      });
      return asked.staff;
    },
    forget,
  };
}

/** Types whose writes may change it. */
export const isStaff = ({ type }: { type: string }): boolean =>
  type === 'Practitioner' || type === 'PractitionerRole';
