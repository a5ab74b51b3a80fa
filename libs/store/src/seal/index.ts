export type { CheckpointBody } from './checkpoint.ts';
export { type DropOrder, dropAuditMonths, leastYears } from './drop-months.ts';
export { exportCheckpoints } from './export.ts';
export { type Fault, sentenceOf } from './fault.ts';
export { type Month, openAuditMonths } from './months.ts';
export { type RestoreOrder, recordRestore } from './restored.ts';
export { publicKeyId, readPublicKeys, readSealKey, type SealKey } from './seal-key.ts';
export { createSealer, type Sealer, type SealerEvent, type SealerOptions } from './sealer.ts';
export { type AuditReport, type VerifyOptions, verifyAudit } from './verify.ts';
