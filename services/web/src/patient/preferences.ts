import type { PatientAnswer, PatientRequest, PreferenceCookie } from './contract.ts';
import { isKnown } from './routes.ts';
import { isLanguageCode } from './text/languages.ts';
import { href, textSizes } from './view.ts';

/** Takes a choice of language or text size, and goes back to where it was made. */
export function choosing({ query, cameFrom }: PatientRequest): PatientAnswer {
  const preferences: Partial<Record<PreferenceCookie, string>> = {};
  const language = query.get('sprak') ?? undefined;
  const size = textSizes.find((each) => each === query.get('storlek'));
  if (isLanguageCode(language)) preferences['nv-sprak'] = language;
  if (size) preferences['nv-storlek'] = size;
  const [path = ''] = cameFrom?.split('?', 1) ?? [];
  return { kind: 'redirect', to: cameFrom && isKnown(path) ? `/patient${cameFrom}` : href('/'), preferences };
}
