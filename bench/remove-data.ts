import { existsSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Removes the folder of a bench with its database, which lies elsewhere when root runs it (postgres-home.ts). */
export function removeData(folder: string): void {
  const data = join(folder, 'pg');
  // The folder around the data is its own, there as here.
  if (existsSync(data)) rmSync(dirname(realpathSync(data)), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
