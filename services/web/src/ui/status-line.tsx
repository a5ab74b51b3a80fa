import { useAt, useTexts } from '../text/texts.ts';
import { sinceInWords } from './dates.ts';
import { Icon, type IconName } from './icon.tsx';

interface StatusLineProps {
  readonly state: 'online' | 'offline' | 'unanswered' | 'syncing' | 'done' | 'failed';
  /** How many writes wait to be sent. */
  readonly pending?: number;
  /** ISO; when what is shown was fetched. */
  readonly updated?: string | null;
  /** What else went wrong. */
  readonly note?: string | null;
  readonly onSync?: () => void;
}

const icons: Readonly<Record<StatusLineProps['state'], IconName>> = {
  online: 'check',
  offline: 'cloud',
  unanswered: 'cloud',
  syncing: 'sync',
  done: 'check',
  failed: 'urgent',
};

/** Whether there is coverage, what waits, and how old what is shown is. No coverage is nothing to be alarmed of: grey. */
export function StatusLine({ state, pending = 0, updated, note, onSync }: StatusLineProps) {
  const { status, dates } = useTexts();
  const at = useAt();
  return (
    <div class="nv-status" data-state={state}>
      <p role="status">
        <Icon name={icons[state]} />
        <span>
          <span class="nv-strong">{status[state]}.</span>
          {pending > 0 && ` ${status.pending(pending)}.`}
          {note && ` ${note}.`}
          {updated && ` ${status.updated(sinceInWords(updated, at, dates))}.`}
        </span>
      </p>
      {onSync && (
        <button type="button" class="nv-status-sync" onClick={onSync} disabled={state === 'syncing'}>
          {status.sync}
        </button>
      )}
    </div>
  );
}
