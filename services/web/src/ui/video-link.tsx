import { useTexts } from '../text/texts.ts';

/** Of an address that leads where it says, https without a name before the host; else undefined. */
export const videoHostIn = (link: string): string | undefined =>
  /^https:\/\/([\p{L}\p{N}.-]+)(:\d+)?([/?#]\S*)?$/iu.exec(link)?.[1];

/** The way into a contact by video, named by where it leads; nothing of an address that cannot be trusted. */
export function VideoLink({ link }: { readonly link: string | null | undefined }) {
  const { visits } = useTexts();
  const host = link && videoHostIn(link);
  if (!host) return null;
  return (
    <a class="nv-video-link" href={link} target="_blank" rel="noreferrer">
      {visits.video(host)}
    </a>
  );
}
