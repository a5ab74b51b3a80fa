import { type SipExtension, sipExtensions } from '@naravard/care';
import { bad } from '@naravard/rest';

/** The extension `uppfoljning`; nothing where neither is given. @throws Problem 'bad-request' for one without the other */
export function followUp(day: string | undefined, who: string | undefined): SipExtension[] {
  if (day === undefined && who === undefined) return [];
  if (day === undefined || who === undefined) {
    throw bad(
      day === undefined ? 'uppfoljning' : 'vem',
      'Give both the day of the follow-up and who does it.',
    );
  }
  const extension = [
    { url: 'datum', valueDate: day },
    { url: 'vem', valueReference: { reference: who } },
  ];
  return [{ url: sipExtensions.uppfoljning, extension }];
}
