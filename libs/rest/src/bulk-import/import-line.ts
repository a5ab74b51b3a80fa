import { isUtf8 } from 'node:buffer';
import { Problem, readJson } from '@naravard/fhir';
import type { RequestContext } from '@naravard/store';
import type { Engine } from '../engine.ts';
import { problemOf } from '../framework-error.ts';
import { update, updateMode } from '../interactions/update.ts';
import { checkAddress } from '../route.ts';
import type { Incoming } from '../stage.ts';
import type { FileLine } from './file-lines.ts';

/** A line as it will be done, all of it or refused. */
export type ImportLine = WrittenLine | RefusedLine;

type Place = Pick<FileLine, 'number' | 'digest'>;

export interface WrittenLine extends Place {
  readonly kind: 'write';
  readonly incoming: Incoming & { readonly resource: object };
}

export interface RefusedLine extends Place {
  readonly kind: 'refused';
  /** Undefined where the line does not tell. */
  readonly type: string | undefined;
  readonly problem: Problem;
}

export const refusedLine = (
  { number, digest }: Place,
  type: string | undefined,
  error: unknown,
): RefusedLine => ({
  kind: 'refused',
  number,
  digest,
  type,
  problem: problemOf(error),
});

/**
 * What a line asks for: with an id what a PUT to its address would, which creates for who may choose ids; without, what a POST
 * would.
 */
export function readLine(engine: Engine, context: RequestContext, line: FileLine): ImportLine {
  const { number, digest } = line;
  let type: string | undefined;
  try {
    const text = textOf(engine, line);
    const resource = resourceIn(readJson(text, engine.limits.depth));
    type = resource.resourceType;
    const { id } = resource;
    const hasId = typeof id === 'string';
    checkAddress(engine, update, { type, id: hasId ? id : '', version: '', compartment: '' });
    const asked = hasId
      ? ({ id, method: 'PUT', mode: updateMode({ conditions: {}, context }) } as const)
      : ({ id: engine.store.newId(), method: 'POST', mode: 'create' } as const);
    return { kind: 'write', number, digest, incoming: { type, text, resource, ...asked } };
  } catch (error) {
    return refusedLine(line, type, error);
  }
}

function textOf({ limits }: Engine, { bytes }: FileLine): string {
  if (!bytes) {
    const most = `A line may have ${limits.bodyBytes} bytes: write this resource another way, or make it smaller.`;
    throw new Problem('too-large', most);
  }
  if (!isUtf8(bytes)) throw new Problem('structure', 'The line is not UTF-8.');
  return bytes.toString('utf8');
}

interface Described {
  readonly resourceType: string;
  readonly id?: unknown;
}

function resourceIn(parsed: unknown): Described {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Problem('structure', 'A line is one resource: a JSON object with resourceType.');
  }
  if (typeof (parsed as Partial<Described>).resourceType === 'string') return parsed as Described;
  throw new Problem('invalid', {
    severity: 'error',
    code: 'required',
    expression: 'resourceType',
    diagnostics: 'A line is one resource: say of which type.',
  });
}
