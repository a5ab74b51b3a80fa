import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { puttingAway } from '../contract.ts';
import { href, type PersonsView } from '../view.ts';
import { UnsentHere } from './unsent-form.tsx';

export interface Fault {
  /** Id of the field; left out when it is about the whole. */
  readonly field?: string;
  readonly text: string;
}

/** A form that posts to its own address, which answers with itself and what is wrong, or with a redirect. */
export function Form({
  view,
  path,
  query,
  faults,
  submit,
  cancel,
  danger = false,
  unsent = true,
  children,
}: {
  view: PersonsView;
  path: string;
  query: Readonly<Record<string, string>>;
  faults: readonly Fault[];
  submit: string;
  /** Where one goes without sending, and the words for it. */
  cancel: readonly [string, string];
  danger?: boolean;
  /** Whether what was not sent from this address is this form. */
  unsent?: boolean;
  children: ComponentChildren;
}) {
  const { request, user } = view;
  const isUnsent = unsent && request.method === 'GET' && request.form.size > 0;
  return (
    <>
      <ErrorSummary problems={faults} />
      {isUnsent && <UnsentHere view={view} submit={submit} />}
      <form method="post" action={href(path, query)} class="nv-form" noValidate>
        <input type="hidden" name="person" value={user.mark} />
        {children}
        <p class="nv-actions">
          <Button type="submit" kind={danger ? 'danger' : 'primary'}>
            {submit}
          </Button>
          <a href={href(cancel[0], isUnsent ? { [puttingAway]: 'ja' } : {})}>{cancel[1]}</a>
        </p>
      </form>
    </>
  );
}

export const faultOf = (faults: readonly Fault[], field: string): string | undefined =>
  faults.find((fault) => fault.field === field)?.text;
