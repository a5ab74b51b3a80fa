import { informationTypeOf } from './information-type.ts';
import type { KeyRow } from './key-row.ts';
import { actorOfKey } from './legal-actor-key.ts';
import { marks } from './marks.ts';
import type { Row } from './row.ts';

/** What the decision looks at in a key row of table `resource`, or in that of an earlier version. */
export const rowOf = ({ type, patient, custodian, author_unit, labels, starts }: KeyRow): Row => ({
  ...(labels.length ? markedBy(labels) : unmarked),
  type,
  patient,
  custodian: actorOfKey(custodian),
  unit: author_unit,
  informationType: informationTypeOf(type),
  time: starts,
});

type Marked = Omit<Row, 'type' | 'patient' | 'custodian' | 'unit' | 'informationType' | 'time'>;

/** `labels`: `system|code`. */
const markedBy = (labels: readonly string[]): Marked => ({
  labels: labels.map((label) => label.slice(label.lastIndexOf('|') + 1)),
  internalNote: labels.includes(marks.internalNote),
  availableBy26: labels.includes(marks.availableBy26),
  outsideSvod: labels.includes(marks.outsideSvod),
  showsBlock: labels.includes(marks.showsBlock),
  answer: labels.includes(marks.answer),
});

/** Most rows have no label. */
const unmarked = markedBy([]);
