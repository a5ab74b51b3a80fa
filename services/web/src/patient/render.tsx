import { render } from 'preact-render-to-string';
import type { PatientAnswer } from './contract.ts';
import { Document } from './parts/shell.tsx';
import type { Content, View } from './view.ts';

/** The whole page. All that comes from elsewhere is text: JSX escapes it. */
export const pageOf = (view: View, content: Content): PatientAnswer => ({
  kind: 'html',
  status: content.status ?? 200,
  html: `<!doctype html>${render(<Document view={view} content={content} />)}`,
});
