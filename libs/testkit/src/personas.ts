/** Who calls in tests: ids and rights as in the sandbox, organisations by HSA-ids of the test series. */
export const personas = {
  'ssk-hemsjukvard': staff('SE0000000001-1001', health('SE0000000001-A', 'SE0000000001-A1'), 'Sjuksköterska'),
  nattsjukskoterska: staff('SE0000000001-1003', health('SE0000000001-A', 'SE0000000001-A2'), 'Sjuksköterska'),
  'usk-hemtjanst': staff('SE0000000001-1002', social('SE0000000001-B', 'SE0000000001-B1'), 'Undersköterska'),
  'usk-delegering': {
    ...staff('SE0000000001-1002', health('SE0000000001-A', 'SE0000000001-A1'), 'Undersköterska'),
    commissionHsaId: 'SE0000000001-1002D',
  },
  nattpatrull: staff('SE0000000001-1004', social('SE0000000001-B', 'SE0000000001-B2'), 'Undersköterska'),
  'lakare-vardcentral': staff('SE0000000002-2001', health('SE0000000002-A', 'SE0000000002-A1'), 'Läkare'),
  'lakare-slutenvard': staff('SE0000000002-2002', health('SE0000000002-A', 'SE0000000002-A2'), 'Läkare'),
  psykiatri: staff('SE0000000002-2003', health('SE0000000002-A', 'SE0000000002-A3'), 'Läkare'),
  ambulans: staff('SE0000000002-2004', health('SE0000000002-A', 'SE0000000002-A4'), 'Sjuksköterska'),
  'lakare-privat': staff('SE0000000003-3001', health('SE0000000003-A', 'SE0000000003-A1'), 'Läkare'),
  'logg-granskare': {
    ...staff('SE0000000002-2005', health('SE0000000002-A', 'SE0000000002-A5'), 'Logggranskare'),
    commissionPurpose: 'Administration',
    commissionRight: ['log-review'],
  },
  'sparr-handlaggare': {
    ...staff('SE0000000002-2006', health('SE0000000002-A', 'SE0000000002-A5'), 'Spärrhandläggare'),
    commissionRight: ['block-officer'],
  },
  patient: person('patient', 'astrid-testberg', { patient: 'astrid-testberg' }),
  barn: person('patient', 'alva-testberg', { patient: 'alva-testberg' }),
  vardnadshavare: person('guardian', 'hanna-testberg', { act_for: 'alva-testberg' }),
  journalsystem: system('journalsystem', health('SE0000000002-A')),
  'journalsystem-kommun': system('journalsystem-kommun', health('SE0000000001-A')),
  'journalsystem-utan-id': {
    ...system('journalsystem-utan-id', health('SE0000000001-A')),
    may_choose_ids: false,
  },
  'journalsystem-hemtjanst': system('journalsystem-hemtjanst', social('SE0000000001-B')),
  administrator: {
    sub: 'administrator',
    kind: 'administrator',
    ...health('SE0000000002-A'),
    scope: 'user/*.cruds',
    may_choose_ids: true,
  },
} satisfies Record<string, Record<string, unknown>>;

export type PersonaId = keyof typeof personas;

/** As a vårdgivare. */
function health(provider: string, unit?: string) {
  return { healthCareProviderHsaId: provider, ...(unit && { healthCareUnitHsaId: unit }) };
}

/** As an omsorgsgivare. */
function social(provider: string, unit?: string) {
  return { socialCareProviderHsaId: provider, ...(unit && { socialCareUnitHsaId: unit }) };
}

function staff(employee: string, organisation: object, title: string) {
  return {
    sub: employee,
    kind: 'staff',
    employeeHsaId: employee,
    commissionHsaId: `${employee}U`,
    commissionPurpose: 'Vård och behandling',
    ...organisation,
    title,
    scope: 'user/*.cruds',
  };
}

function person(kind: 'patient' | 'guardian', sub: string, about: object) {
  return { sub, kind, ...about, scope: 'patient/*.rs patient/Consent.cu patient/Communication.c' };
}

function system(id: string, organisation: object) {
  return {
    sub: id,
    client_id: id,
    kind: 'system',
    ...organisation,
    scope: 'system/*.cruds',
    may_choose_ids: true,
  };
}
