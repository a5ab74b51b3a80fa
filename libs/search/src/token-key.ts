import { extreme } from './fold.ts';
import { indexKey } from './index-key.ts';
import { nameLiteral } from './index-table.ts';
import type { SortFace } from './types/face.ts';

/** Keys of column `tokens`, in the four forms that index-rows.ts gives; a query looks for one of them. */
export const tokenKey = (param: string, code: string): string => `${param}=${indexKey(code)}`;
export const systemCodeKey = (param: string, system: string, code: string): string =>
  `${param}|${systemKey(system)} ${indexKey(code)}`;
export const systemOnlyKey = (param: string, system: string): string => `${param}|${systemKey(system)} `;
export const noSystemKey = (param: string, code: string): string => `${param}| ${indexKey(code)}`;

/** The first space of a key ends its system, so a system must have none; in a valid URI there is none. */
const systemKey = (system: string): string => indexKey(system.replace(/\s/g, '%20'));

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
