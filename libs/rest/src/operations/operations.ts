import type { Interaction } from '../call.ts';
import { avvikandeMening } from './avvikande-mening.ts';
import { begarHavning } from './begar-havning.ts';
import { begardaHavningar } from './begarda-havningar.ts';
import { havSparr } from './hav-sparr.ts';
import { informera } from './informera.ts';
import { match } from './match.ts';
import { meddelande } from './meddelande.ts';
import { merge } from './merge.ts';
import { nodoppning } from './nodoppning.ts';
import { nodoppningar } from './nodoppningar.ts';
import { samtycke } from './samtycke.ts';
import { sparra } from './sparra.ts';
import { sparrar } from './sparrar.ts';
import { svodStatus } from './svod-status.ts';

/** What the law on access asks for beside reading and writing. */
export const accessOperations: readonly Interaction[] = [
  match,
  merge,
  svodStatus,
  nodoppning,
  nodoppningar,
  begarHavning,
  begardaHavningar,
  samtycke,
  informera,
  sparra,
  havSparr,
  sparrar,
  avvikandeMening,
  meddelande,
];
