import type { Parameter } from '../../catalog/parameter.ts';
import { indexKey } from '../../rows/index-key.ts';
import type { IndexRows } from '../../rows/index-rows.ts';
import { nameLiteral } from '../../sql/index-table.ts';
import type { SortFace } from '../face.ts';
import { extreme } from '../string/fold.ts';

/** Keys of column `tokens`, in the four forms that index-rows.ts gives; a query looks for one of them. */
export const tokenKey = (param: string, code: string): string => `${param}=${indexKey(code)}`;
export const systemCodeKey = (param: string, system: string, code: string): string =>
  `${param}|${systemKey(system)} ${indexKey(code)}`;
export const systemOnlyKey = (param: string, system: string): string => `${param}|${systemKey(system)} `;
export const noSystemKey = (param: string, code: string): string => `${param}| ${indexKey(code)}`;

/** The key of `:of-type`: an identifier by a code of its type and its canonical value. */
export const typedKey = (param: string, system: string, code: string, value: string): string =>
  `${param}:of-type|${systemKey(system)} ${systemKey(code)} ${indexKey(value)}`;
/** The name under which the texts of a token parameter's values stand in table `text_value`, for `:text`. */
export const textParam = (param: string): string => `${param}:text`;

/** The key of an element that must be there and has an extension in place of its value, for `:not`. */
export const absentKey = (param: string): string => `${param}!`;

/** The key of `:below`: the parameter has a URL that lies below this one, or a MIME type of this base. */
export const belowKey = (param: string, url: string): string => `${param}<${indexKey(url)}`;

/** The first space of a key ends its system, so a system must have none; in a valid URI there is none. */
const systemKey = (system: string): string => indexKey(system.replace(/\s/g, '%20'));

/** Whether a row has a key of the parameter, in any form. */
export const presentToken = ({ stored }: Parameter, alias: string): string =>
  `exists (select from unnest(${alias}.tokens) t where starts_with(t, ${nameLiteral(stored)} || '=')` +
  ` or starts_with(t, ${nameLiteral(stored)} || '|') or t = ${nameLiteral(stored)} || '?')`;

export const hasToken = ({ stored }: Parameter, rows: IndexRows): boolean =>
  rows.tokens.some((key) => key.startsWith(stored) && '=|?'.includes(key.charAt(stored.length)));

/** Orders by code, or by URI. */
export function tokenSort(param: string, descending: boolean, alias: string): SortFace {
  const start = `${param}=`;
  return {
    sql: {
      expression:
        `(select ${descending ? 'max' : 'min'}(substr(t, ${start.length + 1})) from unnest(${alias}.tokens) t` +
        ` where starts_with(t, ${nameLiteral(param)} || '='))`,
      type: 'text',
      nullable: true,
    },
    value: (rows) =>
      extreme(
        rows.tokens.filter((token) => token.startsWith(start)).map((token) => token.slice(start.length)),
        descending,
      ),
  };
}
