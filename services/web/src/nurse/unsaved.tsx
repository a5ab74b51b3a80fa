import { useEffect, useState } from 'preact/hooks';
import { deferred } from './deferred.tsx';
import { followUnsaved, type UnsavedWork } from './unsaved-work.ts';

const UnsavedDialog = deferred(async () => (await import('./actions/index.ts')).UnsavedDialog);

/** Told over whatever page is shown now, one at a time. */
export function Unsaved() {
  const [all, setAll] = useState<readonly UnsavedWork[]>([]);
  useEffect(() => followUnsaved((work) => setAll((before) => [...before, work])), []);
  const [first] = all;
  if (!first) return null;
  const onDone = () => setAll((before) => before.filter(({ id }) => id !== first.id));
  return <UnsavedDialog key={first.id} unsaved={first} onDone={onDone} />;
}
