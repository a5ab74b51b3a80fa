import type { Definitions } from '@naravard/fhir';
import type { Store } from '@naravard/store';
import { createShownRows } from '../redaction/shown-rows.ts';

/**
 * The store, in which what jobs have found leaves cut to what the caller is shown, as redaction/redacted-store.ts cuts what is
 * read and searched. Who of the staff is not named is asked for each page, since pages are long.
 */
export function shownJobs(store: Store, definitions: Definitions, base: string): Store {
  const shown = createShownRows(definitions, base);
  const page: Store['jobs']['page'] = async (context, id, from) => {
    const [held, staff] = await Promise.all([store.jobs.page(context, id, from), store.protectedStaff()]);
    const rows = await shown(context, held.resources, {
      staff,
      visible: (keys) => store.visible(context, keys),
    });
    const resources = rows.map((row, index) => ({ ...row, place: held.resources[index]?.place ?? 0 }));
    return { ...held, resources };
  };
  return { ...store, jobs: { ...store.jobs, page } };
}
