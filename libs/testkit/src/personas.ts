/** Who calls in tests: ids and rights as in the sandbox, organisations by HSA-ids of the test series. */
export const personas = {
  'ssk-hemsjukvard': staff('SE0000000001-1001', 'SE0000000001-A', 'SE0000000001-A1'),
  'usk-hemtjanst': staff('SE0000000001-1002', 'SE0000000001-B', 'SE0000000001-B1'),
  'lakare-vardcentral': staff('SE0000000002-2001', 'SE0000000002-A', 'SE0000000002-A1'),
  'lakare-slutenvard': staff('SE0000000002-2002', 'SE0000000002-A', 'SE0000000002-A2'),
  patient: { sub: 'astrid-testberg', kind: 'patient', patient: 'astrid-testberg' },
  journalsystem: {
    sub: 'journalsystem',
    kind: 'system',
    healthCareProviderHsaId: 'SE0000000002-A',
    may_choose_ids: true,
  },
  administrator: {
    sub: 'administrator',
    kind: 'administrator',
    healthCareProviderHsaId: 'SE0000000002-A',
    may_choose_ids: true,
  },
} as const satisfies Record<string, Record<string, unknown>>;

export type PersonaId = keyof typeof personas;

function staff(person: string, provider: string, unit: string) {
  return {
    sub: person,
    kind: 'staff',
    employeeHsaId: person,
    commissionPurpose: 'Vård och behandling',
    healthCareProviderHsaId: provider,
    healthCareUnitHsaId: unit,
  };
}
