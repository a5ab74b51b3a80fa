import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Which of the words can be read in the files below a folder, as somebody could who finds the telephone: in UTF-8, in
 * UTF-16 as browsers also store text, and in the other letter case.
 */
export function readableOnDisk(folder: string, words: readonly string[]): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    for (const word of words)
      if (`${path}`.includes(word) || spellings(word).some((spelling) => bytes.includes(spelling)))
        found.push(`${word} in ${path.slice(folder.length + 1)}`);
  }
  return found;
}

const spellings = (word: string): Buffer[] =>
  [word, word.toLowerCase(), word.toUpperCase()].flatMap((each) => [
    Buffer.from(each, 'utf8'),
    Buffer.from(each, 'utf16le'),
  ]);

/** What would tell somebody who reads the storage of the telephone about a patient. */
export const secrets = [
  'Testberg',
  'Astrid',
  '19410314',
  '410314-9805',
  '1941-03-14',
  'Strandvägen',
  'Portkod 4711',
  '070-174 06',
  'astrid-testberg',
  'Andnöd i vila',
  'Väg dig varje morgon',
  'Omar Lind',
  'Gunvor',
];
