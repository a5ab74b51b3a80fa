import type { DomainRule } from '@naravard/fhir';
import { delplan } from './rule-delplan.ts';
import { ersatterEn } from './rule-ersatter-en.ts';
import { ingenDos } from './rule-ingen-dos.ts';
import { komplett } from './rule-komplett.ts';
import { ordination } from './rule-ordination.ts';
import { rottSteg } from './rule-rott-steg.ts';
import { signerad } from './rule-signerad.ts';
import { steg } from './rule-steg.ts';
import { synlig } from './rule-synlig.ts';

/** What is kept of a behandlingsplan, its head and its parts. Rules of type CarePlan. */
export const behandlingsplanRules: readonly DomainRule[] = [
  steg,
  rottSteg,
  ingenDos,
  ordination,
  synlig,
  delplan,
  ersatterEn,
  komplett,
  signerad,
];
