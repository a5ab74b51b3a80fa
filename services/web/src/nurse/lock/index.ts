export { ChoosePin } from './choose-pin.tsx';
export { LockDialog } from './lock-dialog.tsx';
export { LockScreen } from './lock-screen.tsx';
export { Unlock } from './unlock.tsx';
