import type { Interaction } from '../../call.ts';
import { diff, diffOfTwo } from './diff.ts';
import { meta, versionMeta, wideMeta } from './meta.ts';
import { metaAdd, metaDelete } from './meta-change.ts';
import { validateNew, validateRead, validateStored } from './validate.ts';

/** What can be asked of a resource of any type: $validate, $meta, $meta-add, $meta-delete, $diff. */
export const resourceOperations: readonly Interaction[] = [
  validateNew,
  validateStored,
  validateRead,
  ...wideMeta,
  meta,
  versionMeta,
  metaAdd,
  metaDelete,
  diff,
  diffOfTwo,
];
