import { useEffect, useState } from 'preact/hooks';
import { type Unsent, unsent } from '../../offline/index.ts';

const nothing: Unsent = { writes: 0, reads: 0 };

/** What waits on the telephone, also while it is locked. */
export function useUnsent(): Unsent {
  const [waiting, setWaiting] = useState(nothing);
  useEffect(() => {
    unsent().then(setWaiting, () => undefined);
  }, []);
  return waiting;
}
