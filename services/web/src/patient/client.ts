import { tellOfEnd } from './ending.ts';
import './patient.css';

/**
 * What a page can do besides being read, in browsers that run scripts: print, read aloud, tell before one is logged out, and
 * show whom to call when that changes. The pages are whole without it.
 */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-does]')) {
  if (button.dataset.does === 'print') offer(button, () => print());
  else if (button.dataset.does === 'read' && 'speechSynthesis' in window)
    offer(button, () => readAloud(button));
}
keepCurrent();
tellOfEnd();

function offer(button: HTMLButtonElement, act: () => void): void {
  button.hidden = false;
  button.addEventListener('click', act);
}

/** Reads the page part by part, each in its own language; pressed again it stops. */
function readAloud(button: HTMLButtonElement): void {
  const voice = window.speechSynthesis;
  const { start = '', stop = '' } = button.dataset;
  const label = (reading: boolean) => {
    button.textContent = reading ? stop : start;
  };
  if (voice.speaking) {
    voice.cancel();
    return label(false);
  }
  const said = partsOf(document.querySelector('main')).map((part) => {
    const utterance = new SpeechSynthesisUtterance(part.textContent);
    utterance.lang = part.closest<HTMLElement>('[lang]')?.lang ?? 'sv';
    return utterance;
  });
  said.at(-1)?.addEventListener('end', () => label(false));
  for (const utterance of said) voice.speak(utterance);
  label(said.length > 0);
}

/** The innermost headings, paragraphs and rows that are seen. */
const partsOf = (main: HTMLElement | null): HTMLElement[] =>
  [...(main?.querySelectorAll<HTMLElement>('h1, h2, h3, h4, p, li, dt, dd') ?? [])].filter(
    (part) => part.checkVisibility() && !part.closest('.nv-tools') && !part.querySelector('p, li, dt, dd'),
  );

/** What depends on the time, in the order in which it stands; a link that has the focus has it afterwards too. */
function renewLive(renewed: Document): void {
  const fresh = [...renewed.querySelectorAll('[data-live]')];
  const focused = document.activeElement?.getAttribute('href');
  for (const [index, part] of [...document.querySelectorAll('[data-live]')].entries()) {
    const next = fresh[index];
    if (!next) continue;
    const isFocused = part.contains(document.activeElement);
    part.replaceWith(next);
    if (isFocused)
      [...next.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
  }
}

/**
 * Shows whom to call when that changes, by fetching the page once more at that instant and not every minute: each reading
 * stands in the log of who has read.
 */
function keepCurrent(): void {
  const main = document.querySelector('main');
  const renewWhenDue = async (): Promise<void> => {
    const until = main?.dataset.until ?? '';
    if (!main || document.hidden || !(Date.now() >= Date.parse(until))) return;
    delete main.dataset.until;
    const answer = await fetch(location.href, { redirect: 'manual' }).catch(() => undefined);
    if (answer?.type === 'opaqueredirect') return location.reload();
    if (!answer || answer.status === 429 || answer.status >= 500) {
      main.dataset.until = until;
      return;
    }
    const renewed = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!renewed.querySelector('[data-live]')) {
      // Nobody is logged in any more: that is told once, with numbers, and a number that is no longer right does not stay.
      document.title = renewed.title;
      document.body.replaceWith(renewed.body);
      return document.querySelector('main')?.focus();
    }
    renewLive(renewed);
    main.dataset.until = renewed.querySelector('main')?.dataset.until ?? '';
  };
  setInterval(() => void renewWhenDue(), 30_000);
  document.addEventListener('visibilitychange', () => void renewWhenDue());
}
