import { useState } from 'preact/hooks';

/** What went wrong, and with what. */
export interface Said {
  readonly about: string;
  readonly text: string;
}

/** Runs what a button asks for, once at a time; `said` is what it answers when it did not go well. */
export function useAsk() {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);
  const ask = (work: () => Promise<string | null>, about: string): void => {
    setBusy(true);
    setSaid(null);
    work()
      .catch(() => 'Telefonen kunde inte spara. Kontrollera att det finns plats på telefonen.')
      .then((text) => {
        setBusy(false);
        if (text !== null) setSaid({ about, text });
      });
  };
  return { busy, said, ask };
}
