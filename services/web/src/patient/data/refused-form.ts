import { ApiProblem } from '../../api/problem.ts';
import type { Fault } from '../parts/form.tsx';
import type { Outcome } from '../view.ts';

/**
 * Does what a form asks; undefined when it is done. What the API finds wrong with the request is said at the form; that one
 * may not do it, or is logged out, is a page of its own.
 */
export async function refusedForm(
  act: () => Promise<unknown>,
  show: (fault: Fault) => Outcome | Promise<Outcome>,
): Promise<Outcome | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiProblem) || ![400, 409, 412, 422].includes(error.status)) throw error;
    return show({ text: error.text });
  }
}
