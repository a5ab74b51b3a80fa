import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { VaultClosed } from '../../offline/index.ts';
import { ErrorSummary, type Problem } from '../../ui/error-summary.tsx';
import { useHeldOpen } from '../../ui/modal.tsx';
import type { SessionUser } from '../data/session.ts';
import { deferred } from '../deferred.tsx';
import { noAnswer } from '../no-answer.ts';
import { tellUnsaved } from '../unsaved-work.ts';
import { askBeforeLeaving } from './ask-before-leaving.ts';
import { problemsOf } from './problems-of.ts';
import { currentUser } from './who.ts';

const LockDialog = deferred(async () => (await import('../lock/index.ts')).LockDialog);
// It is asked for where nothing can be fetched.
LockDialog.prepare();

type Work = () => Promise<void>;

interface Asked {
  readonly user: SessionUser;
  readonly work: Work;
  readonly cause: unknown;
}

export interface Saving {
  readonly busy: boolean;
  /** Runs `work`, one at a time, unless something is missing. Where the telephone has to keep it, the code is asked for first. */
  readonly save: (work: Work, missing?: readonly Problem[]) => void;
  /** Whether the form has left the page, and can ask nothing any more. */
  readonly isGone: () => boolean;
  /** What is missing of the control with this id. */
  readonly errorOf: (field: string) => string | null;
  /** Why it was not saved, first in the form; null when nothing is wrong. */
  readonly summary: ComponentChildren;
  /** Asks for the code; outside of the form. */
  readonly lock: ComponentChildren;
}

/**
 * Saves what a form holds. What was written stays until it has been saved: a dialog does not close meanwhile, and what fails
 * when the form is gone is told by `Unsaved`.
 *
 * @param title `Besöket är inte sparat`
 * @param about name of the patient
 */
export function useSave(title: string, about: string | null = null): Saving {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const isRunning = useRef(false);
  const tell = ({ work, cause }: Pick<Asked, 'work' | 'cause'>) =>
    tellUnsaved({ title, about, reasons: problemsOf(cause), work });
  const isGone = useGone(() => asked && tell(asked));
  useHeldOpen(busy);

  const failed = async (cause: unknown, work: Work) => {
    const user = cause instanceof VaultClosed ? await currentUser() : null;
    if (isGone()) tell({ work, cause });
    else if (user) setAsked({ user, work, cause });
    else setProblems(problemsOf(cause));
  };
  const run = async (work: Work) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setProblems([]);
    const answered = askBeforeLeaving();
    const outcome = await work().then(
      () => null,
      (cause: unknown) => ({ cause }),
    );
    answered();
    isRunning.current = false;
    setBusy(false);
    if (outcome) await failed(outcome.cause, work);
  };
  const answer = (opened: boolean) => {
    setAsked(null);
    if (opened && asked) void run(asked.work);
    else setProblems([{ text: `${noAnswer()}. Välj en kod, eller försök igen om en stund.` }]);
  };
  const isMissing = problems.some(({ field }) => field);
  return {
    busy,
    isGone,
    save: (work, missing = []) => (missing.length > 0 ? setProblems(missing) : void run(work)),
    errorOf: (field) => (problems.find((each) => each.field === field)?.text as string | undefined) ?? null,
    summary: problems.length > 0 && (
      <ErrorSummary problems={problems} title={isMissing ? 'Rätta det här' : title} />
    ),
    lock: asked && (
      <LockDialog user={asked.user} open onClose={() => answer(false)} onOpen={() => answer(true)} />
    ),
  };
}

/** Whether the component has left the page; `leave` is called when it does. */
function useGone(leave: () => void): () => boolean {
  const gone = useRef(false);
  const last = useRef(leave);
  last.current = leave;
  useEffect(
    () => () => {
      gone.current = true;
      last.current();
    },
    [],
  );
  return () => gone.current;
}
