import { deferred } from '../deferred.tsx';

const forms = () => import('../actions/index.ts');

// One bundle for all that writes, fetched when a patient has been opened: it is no part of the first load.
export const ConsentForm = deferred(async () => (await forms()).ConsentForm);
export const ConsentReceipt = deferred(async () => (await forms()).ConsentReceipt);
export const EmergencyForm = deferred(async () => (await forms()).EmergencyForm);
export const VisitForm = deferred(async () => (await forms()).VisitForm);
export const TickButton = deferred(async () => (await forms()).TickButton);
export const SipPartForm = deferred(async () => (await forms()).SipPartForm);
export const WrongNumberForm = deferred(async () => (await forms()).WrongNumberForm);
