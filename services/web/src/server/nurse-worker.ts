import { hash } from 'node:crypto';

/**
 * The service worker with the version of the shell that it keeps. A telephone fetches the shell anew when the worker has
 * changed, so the version counts all that is kept under a name which stays: the page, its policy, the manifest and the icon.
 * Names of the other files, which stand in the worker, change with what they hold.
 * @param kept what is kept under such names
 */
export function nurseWorker(source: string, kept: readonly string[]): string {
  const version = hash('sha256', JSON.stringify([source, ...kept])).slice(0, 12);
  return `self.__VERSION=${JSON.stringify(version)};\n${source}`;
}
