import type { ComponentChildren } from 'preact';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import type { PatientTexts } from '../text/languages.ts';
import type { View } from '../view.ts';

/** The one heading of the page, and what it is about. */
export function Top({ title, lead }: { title: string; lead?: string | undefined }) {
  return (
    <>
      <h1>{title}</h1>
      {lead !== undefined && <p class="nv-lead">{lead}</p>}
    </>
  );
}

/** One thing, under its own heading. */
export function Section({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <section class="nv-section">
      <h2>{title}</h2>
      {lead !== undefined && <p>{lead}</p>}
      {children}
    </section>
  );
}

/** A list of sentences. */
export function Sentences({ of }: { of: readonly string[] }) {
  return (
    <ul class="nv-sentences">
      {of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** Buttons that the browser's script shows where it can do what they say. */
export function Tools({ texts, readAloud = false }: { texts: PatientTexts; readAloud?: boolean }) {
  return (
    <p class="nv-tools nv-no-print">
      <Button kind="secondary" data-does="print" hidden>
        {texts.shell.print}
      </Button>
      {readAloud && (
        <Button
          kind="secondary"
          data-does="read"
          data-start={texts.shell.readAloud}
          data-stop={texts.shell.stopReading}
          hidden
        >
          {texts.shell.readAloud}
        </Button>
      )}
    </p>
  );
}

/** What the last form did, after its redirect. */
export function Done({ view }: { view: View }) {
  const { receipt } = view.request;
  if (receipt === null) return null;
  return (
    <div class="nv-done" tabIndex={-1} autofocus>
      <Callout kind="success" title={view.texts.done[receipt]} role="status" />
    </div>
  );
}
