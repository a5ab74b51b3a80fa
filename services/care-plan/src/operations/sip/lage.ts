import { extensions, type SipElements, type SipExtension, type SipLage } from '@naravard/care';

/** The extensions of a head at a new state; those of the `replaced` urls are left out, to be given anew. */
export const withLage = (
  { extension = [] }: SipElements,
  lage: SipLage,
  ...replaced: readonly string[]
): SipExtension[] => [
  { url: extensions.sipLage, valueCode: lage },
  ...extension.filter(({ url = '' }) => url !== extensions.sipLage && !replaced.includes(url)),
];
