export type { ApiAnswer, ApiCall, ClientNumber, WebOptions } from './options.ts';
export { type WebPlugin, web } from './web.ts';
