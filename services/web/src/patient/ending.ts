/** So long before the end it is told: time to finish a sentence. */
const warnMs = 5 * 60_000;
const lookMs = 15_000;

/**
 * Tells before one is logged out, and lets one stay (WCAG 2.2, 2.2.1). Where the session cannot last longer, one may log in again in
 * another tab: the session is the browser's. Counts from when the page came, so that the clock of the device does not matter.
 */
export function tellOfEnd(): void {
  const place = document.querySelector<HTMLElement>('[data-seconds]');
  const notice = place?.firstElementChild;
  const stay = notice?.querySelector<HTMLButtonElement>('[data-does="stay"]');
  if (!place || !(notice instanceof HTMLElement) || !stay) return;
  const again = stay.nextElementSibling as HTMLElement;
  let ends = endOf(Number(place.dataset.seconds));
  const look = () => {
    notice.hidden = Date.now() < ends - warnMs;
    if (notice.hidden) again.hidden = true;
  };
  const ask = async (): Promise<void> => {
    const answer = await fetch('/patient/stanna', { cache: 'no-store' }).catch(() => undefined);
    if (answer?.ok) ends = endOf(((await answer.json()) as { seconds: number }).seconds);
    look();
    again.hidden = notice.hidden;
  };
  stay.addEventListener('click', () => void ask());
  setInterval(look, lookMs);
  // One may come back from the tab in which one has logged in.
  document.addEventListener('visibilitychange', () => {
    look();
    if (!document.hidden && !again.hidden) void ask();
  });
  look();
}

const endOf = (seconds: number): number => Date.now() + seconds * 1000;
