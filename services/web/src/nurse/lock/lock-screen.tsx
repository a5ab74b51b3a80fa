import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { onVaultChange, type VaultState, type VaultUser, vaultState } from '../../offline/index.ts';
import { EmergencySection } from '../numbers-page.tsx';
import { Title } from '../title.tsx';
import { ColleaguesWork } from './colleagues-work.tsx';
import { Unlock } from './unlock.tsx';

export interface LockScreenProps {
  /** Who is signed in, or whose page it is; null when nobody is known to be. */
  readonly user: VaultUser | null;
  /** What lies on the telephone is a colleague's unsent work. */
  readonly isColleagues?: boolean;
  readonly onDone: () => void;
  /** Shown when there is nothing to unlock. */
  readonly otherwise: ComponentChildren;
}

/** The whole page while what lies on the telephone is locked. */
export function LockScreen({ user, isColleagues = false, onDone, otherwise }: LockScreenProps) {
  const [state, setState] = useState<VaultState | null>(null);
  useEffect(() => {
    // A telephone whose store cannot be opened has nothing to unlock.
    const read = () => void vaultState().then(setState, () => setState('none'));
    read();
    return onVaultChange(read);
  }, []);
  if (state === null) return <p class="nv-loading">Laddar …</p>;
  if (state !== 'locked') return <>{otherwise}</>;
  return (
    <>
      {isColleagues ? (
        <ColleaguesWork onDone={onDone} />
      ) : (
        <>
          <Title tab="Lås upp">Lås upp</Title>
          <Unlock user={user} atOnce onDone={onDone} />
        </>
      )}
      <EmergencySection />
    </>
  );
}
