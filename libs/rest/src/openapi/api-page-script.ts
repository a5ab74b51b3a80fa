import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import fastify from 'fastify';

/** Scalar's script as it is sent. */
export interface PageScript {
  readonly etag: string;
  /** gzip: 1.4 MB of 4.9. */
  readonly compressed: Buffer;
}

/**
 * Gives the script of the page, made when it is first asked for: the package keeps it inside of itself, as 5 MB of text that
 * a process which nobody asks does not load.
 */
export function pageScript(): () => Promise<PageScript> {
  let made: Promise<PageScript> | undefined;
  return () => {
    made ??= unpacked();
    // What failed once may be asked for again.
    made.catch(() => {
      made = undefined;
    });
    return made;
  };
}

/** The package only serves it, so it is served once, to ourselves. */
async function unpacked(): Promise<PageScript> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const shelf = fastify();
  try {
    await shelf.register(scalar, { routePrefix: '/docs', configuration: { url: '/openapi.json' } });
    const { statusCode, rawPayload } = await shelf.inject('/docs/js/scalar.js');
    if (statusCode !== 200) throw new Error('The script of the API page is not where the package has it.');
    return {
      etag: `"${hash('sha256', rawPayload).slice(0, 16)}"`,
      compressed: await promisify(gzip)(rawPayload),
    };
  } finally {
    await shelf.close();
  }
}
