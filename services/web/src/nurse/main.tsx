import '../theme/theme.css';
import './nurse.css';
import { render } from 'preact';
import { registerShell } from '../offline/index.ts';
import { App } from './app.tsx';

render(<App />, document.getElementById('app') as HTMLElement);
/** What is needed without a network is fetched when what is needed now has come. */
const afterFirstMs = 2000;
// Without it the client works as long as there is a network.
setTimeout(() => registerShell().catch(() => undefined), afterFirstMs);
