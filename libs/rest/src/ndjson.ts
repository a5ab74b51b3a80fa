import { Readable } from 'node:stream';
import type { FurtherFormats } from './media.ts';

/** The media type of a file of resources, one a line (https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---output-file). */
export const ndjson = 'application/fhir+ndjson';

/** It by the names that Accept and Content-Type have for it. */
export const ndjsonFormats: FurtherFormats = { [ndjson]: ndjson, 'application/ndjson': ndjson };

/** Texts as a body that is sent as they come; counted in bytes, so that none is asked for before the one before has left. */
export const streamOf = (texts: AsyncIterable<string>): Readable =>
  Readable.from(texts, { objectMode: false, highWaterMark: 64 * 1024 });
