import { describe, expect, it } from 'vitest';
import { patientPath, routeOf, tabs } from '../../services/web/src/nurse/router.ts';

describe('An address of the nurse client', () => {
  it.each(['/nurse', '/nurse/'])('%s is the list', (path) => {
    expect(routeOf(path)).toEqual({ kind: 'list' });
  });

  it('leads to the numbers', () => {
    expect(routeOf('/nurse/nummer/')).toEqual({ kind: 'numbers' });
  });

  it.each(tabs)('of a patient leads to the page %s and back', (tab) => {
    expect(routeOf(patientPath('astrid-testberg', tab))).toEqual({
      kind: 'patient',
      id: 'astrid-testberg',
      tab,
    });
  });

  it.each([
    '/nurse/patient',
    '/nurse/patient/..',
    '/nurse/patient/a%2Fb',
    `/nurse/patient/${'a'.repeat(65)}`,
    '/nurse/patient/astrid-testberg/journal',
    '/nurse/patient/astrid-testberg/plan/mer',
    '/nurse/nummer/astrid',
    '/nurse/annat',
  ])('%s leads nowhere', (path) => {
    expect(routeOf(path)).toEqual({ kind: 'unknown' });
  });
});
