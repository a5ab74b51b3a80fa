import { z } from 'zod';

const bases = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim().replace(/\/+$/, '')))
  .pipe(z.array(z.url({ protocol: /^https?$/ })));

/** Variables of referential integrity; part of `variables` in config.ts. */
export const referenceVariables = {
  REFERENCE_POLICY: z.enum(['enforce', 'warn', 'off']).default('warn').meta({
    about:
      'What becomes of a write that refers to a resource that is not there, or not there for its writer: `enforce` refuses it (422), `warn` tells (`Prefer: return=OperationOutcome`), `off` looks at no reference. References to the patient and the contact that a resource is about (`subject`, `patient`, `encounter`) are refused by `warn` too.',
    default: 'warn',
  }),
  REFERENCE_BASES: bases.optional().meta({
    about:
      'Addresses of other FHIR servers that may be referred to, separated by commas: `https://fhir.other.example/r4`. Other addresses are treated as what is not there.',
    default: 'none',
  }),
} as const;
