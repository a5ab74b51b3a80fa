import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiProblem } from '../../api/problem.ts';
import { VaultClosed } from '../../offline/index.ts';
import { ErrorSummary, type Problem } from '../../ui/error-summary.tsx';
import { NoConnection } from '../data/api.ts';
import type { SessionUser } from '../data/session.ts';
import { deferred } from '../deferred.tsx';
import { currentUser } from './who.ts';

const LockDialog = deferred(async () => (await import('../lock/index.ts')).LockDialog);
// It is asked for where nothing can be fetched.
LockDialog.prepare();

type Work = () => Promise<void>;

interface Asked {
  readonly user: SessionUser;
  readonly work: Work;
}

export interface Saving {
  readonly busy: boolean;
  /** Runs `work` unless something is missing. Where the telephone has to keep it, the code is asked for first. */
  readonly save: (work: Work, missing?: readonly Problem[]) => void;
  /** What is missing of the control with this id. */
  readonly errorOf: (field: string) => string | null;
  /** Why it was not saved; first in the form. */
  readonly summary: ComponentChildren;
  /** Asks for the code; outside of the form. */
  readonly lock: ComponentChildren;
}

/** Saves what a form holds. What was written stays until it has been saved. */
export function useSave(): Saving {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);

  const run = async (work: Work) => {
    setBusy(true);
    setProblems([]);
    try {
      await work();
    } catch (cause) {
      const user = cause instanceof VaultClosed ? await currentUser() : null;
      if (user) setAsked({ user, work });
      else setProblems(problemsOf(cause));
    }
    setBusy(false);
  };
  const answer = (opened: boolean) => {
    setAsked(null);
    if (opened && asked) void run(asked.work);
    else setProblems([{ text: 'Det är inte sparat. Välj en kod, eller försök igen när du har täckning.' }]);
  };
  const isMissing = problems.some(({ field }) => field);
  return {
    busy,
    save: (work, missing = []) => (missing.length > 0 ? setProblems(missing) : void run(work)),
    errorOf: (field) => (problems.find((each) => each.field === field)?.text as string | undefined) ?? null,
    summary: <ErrorSummary problems={problems} title={isMissing ? 'Rätta det här' : 'Det gick inte'} />,
    lock: asked && (
      <LockDialog user={asked.user} open onClose={() => answer(false)} onOpen={() => answer(true)} />
    ),
  };
}

/** What the service refused, in words that fit the form better than its own. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Each of the service's Swedish sentences once. */
function problemsOf(cause: unknown): Problem[] {
  if (cause instanceof Refusal) return [{ text: cause.message }];
  if (cause instanceof NoConnection || cause instanceof VaultClosed)
    return [
      { text: 'Du har ingen täckning. Det du har skrivit står kvar. Försök igen när du har täckning.' },
    ];
  if (!(cause instanceof ApiProblem)) return [{ text: 'Det gick inte att spara. Försök igen.' }];
  const issues = cause.outcome?.issue ?? [];
  const texts = new Set([cause.text, ...issues.flatMap(({ details }) => details?.text ?? [])]);
  return [...texts].map((text) => ({ text }));
}
