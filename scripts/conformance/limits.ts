import { readFileSync } from 'node:fs';
import { SEARCH_LIMITS } from '@naravard/search';
import { maxOperations } from '../../libs/fhir/src/patch-limits.ts';
import { defaultLimits } from '../../libs/rest/src/engine.ts';
import { defaultPatience } from '../../libs/rest/src/hardening/patience.ts';
import { DEFAULT_COUNT, MAX_COUNT } from '../../libs/search/src/parse/result-parameters.ts';
import { FOLDED_LENGTH } from '../../libs/search/src/types/string/fold.ts';
import { variables } from '../../services/all-in-one/src/config.ts';
import { digits, table } from './table.ts';

/** A number that a source file keeps to itself. @throws Error when it is no longer there */
function numberIn(file: string, before: string): number {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const [, found] = new RegExp(`\\b${before}[^\\d\\n]{1,12}([\\d_]+)`).exec(text) ?? [];
  if (found === undefined) throw new Error(`${file} has no number after ${before}`);
  return Number(found.replaceAll('_', ''));
}

const app = 'libs/rest/src/hardening/socket-options.ts';
const history = 'libs/rest/src/interactions/history.ts';
const head = 'libs/rest/src/hardening/checked-head.ts';
const seconds = (ms: number): string => `${ms / 1000} s`;
const pages = (usual: number, most: number): string => `${usual} unless asked for, at most ${digits(most)}`;
const variable = (name: string): string => `\`${name}\``;

/** What is refused or cut, with the status of the refusal. */
export const limitTable = (): string =>
  table(
    ['What', 'Limit', 'Beyond it', 'Set by'],
    [
      ['body of a request', `${digits(defaultLimits.bodyBytes)} bytes`, 413, variable('MAX_BODY_BYTES')],
      ['headers and address', `${digits(numberIn(app, 'maxHeaderSize'))} bytes`, 431],
      ['headers', numberIn(head, 'mostHeaders'), 431],
      ['characters of an address', digits(numberIn(head, 'longestAddress')), 414],
      ['time for the headers', seconds(defaultPatience.headersMs), 408],
      [
        `time for ${digits(defaultPatience.bodyBytes)} bytes of a body, or its rest`,
        seconds(defaultPatience.bodyMs),
        408,
      ],
      [
        'time of a database statement',
        `${variables.STATEMENT_TIMEOUT_MS.parse(undefined) / 1000} s`,
        422,
        variable('STATEMENT_TIMEOUT_MS'),
      ],
      [
        'waiting for another writer',
        `${numberIn('libs/store/src/database.ts', 'lock_timeout') / 1000} s`,
        503,
      ],
      [
        'entries of a batch or transaction',
        digits(defaultLimits.entries),
        422,
        variable('MAX_BUNDLE_ENTRIES'),
      ],
      ['nesting of JSON', `${defaultLimits.depth} levels`, 400, variable('MAX_JSON_DEPTH')],
      ['characters of a string', digits(1024 * 1024), 400],
      ['findings that one answer names', defaultLimits.findings, 'the rest is counted'],
      ['parameters of a search', SEARCH_LIMITS.parameters, 422],
      ['alternatives of one parameter', SEARCH_LIMITS.alternatives, 422],
      ['characters of one alternative', digits(SEARCH_LIMITS.valueLength), 400],
      ['characters of all alternatives of one parameter', digits(SEARCH_LIMITS.listLength), 400],
      ['characters of a page link', digits(numberIn('libs/rest/src/page-token.ts', 'maxToken')), 422],
      ['sort keys', numberIn('libs/search/src/parse/result-parameters.ts', 'MAX_SORT_KEYS'), 400],
      ['characters of a text that are searched', FOLDED_LENGTH, 'the rest is not found'],
      ['page of a search', pages(DEFAULT_COUNT, MAX_COUNT), 'cut'],
      ['page of a history', pages(numberIn(history, 'defaultCount'), numberIn(history, 'maxCount')), 'cut'],
      ['operations of a patch', digits(maxOperations), 422],
      [
        'FHIRPath Patch: operations times characters of the resource',
        digits(numberIn('libs/fhir/src/patch-fhirpath.ts', 'maxWork')),
        422,
      ],
      ['JSON Patch: values copied', digits(numberIn('libs/fhir/src/patch-json.ts', 'maxCopied')), 422],
      [
        'access token',
        `${digits(numberIn('libs/rest/src/identity/issuers.ts', 'maxTokenLength'))} characters`,
        401,
      ],
      ['id', '64 of `A-Z a-z 0-9 - .`', 400],
    ],
  );
