import { deferred } from '../deferred.tsx';

export { ConsentForm } from './consent-form.tsx';
export { ConsentReceipt } from './consent-receipt.tsx';
export { EmergencyForm } from './emergency-form.tsx';
export { TickButton } from './tick-button.tsx';
export { UnsavedDialog } from './unsaved-dialog.tsx';
export { VisitForm } from './visit-form.tsx';
export { WrongNumberForm } from './wrong-number-form.tsx';

/** Needs coverage anyway: it is fetched when it is used. */
export const SipPartForm = deferred(async () => (await import('./sip-part-form.tsx')).SipPartForm);
