import { Problem } from '@naravard/fhir';
import type { Written } from '@naravard/store';
import type { Method } from './call.ts';

/**
 * Why a write was not done, as the caller sees it; undefined when it was. What is absent and what the caller may not see
 * answer alike.
 */
export function failureOf(written: Written, method: Method): Problem | undefined {
  const { result } = written;
  switch (result) {
    case 'created':
    case 'updated':
    case 'unchanged':
    case 'deleted':
      return undefined;
    case 'exists':
      return method === 'PUT'
        ? new Problem(
            'stale-version',
            'There is such a resource already: leave If-None-Match out to update it.',
          )
        : new Problem('conflict', 'The id is taken: send the request again.');
    case 'absent':
    case 'out-of-scope':
      // Deleting what is not there is done already, and what may not be seen is not there.
      if (method === 'DELETE') return undefined;
      return method === 'PUT' ? chooseIdProblem() : new Problem('not-found');
    case 'stale':
      return new Problem('stale-version', {
        severity: 'error',
        expression: 'If-Match',
        diagnostics:
          'The resource is not at that version: read it again, apply the change and send its new ETag.',
      });
    case 'subject-changed':
      return new Problem('unprocessable', {
        severity: 'error',
        diagnostics:
          'The patient of a resource cannot be changed: create a new resource for the other patient.',
      });
    default:
      return result satisfies never;
  }
}

/** PUT to an id that is absent, or that the caller may not see. */
export function chooseIdProblem(): Problem {
  return new Problem(
    'forbidden',
    'There is nothing to update at this id: create with POST and use the id you are given.',
  );
}
