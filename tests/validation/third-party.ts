import { existsSync, globSync, readFileSync } from 'node:fs';

/** Third-party examples beside the checkout; tests that need them are skipped, saying so, where they are not there. */
export const dataFolder = '../shared/data';
export const hasThirdParty = existsSync(dataFolder);
if (!hasThirdParty) console.log(`${dataFolder} is not there: tests over third-party data are skipped`);

export interface Example {
  file: string;
  resource: Record<string, unknown> & { resourceType: string };
}

export function examples(pattern: string): Example[] {
  return globSync(`${dataFolder}/${pattern}`).map((file) => ({
    file: file.slice(dataFolder.length + 1),
    resource: JSON.parse(readFileSync(file, 'utf8')) as Example['resource'],
  }));
}
