import type { HealthcareService, Location, Organization } from '@medplum/fhirtypes';
import { hsa } from '../hsa.ts';
import { hsaIdentifier, ref } from './codes.ts';

const organisation = (id: string, hsaId: string, name: string, partOf?: string): Organization => ({
  resourceType: 'Organization',
  id,
  identifier: [hsaIdentifier(hsaId)],
  active: true,
  name,
  ...(partOf && { partOf: ref(`Organization/${partOf}`) }),
});

/**
 * Four legal actors: the region, the municipality's health care and a private company (vårdgivare), and the municipality's
 * social services (omsorgsgivare). The municipality is one kommun and two actors in the law.
 */
const units: readonly Organization[] = [
  organisation('region-halland', hsa.region, 'Region Halland'),
  organisation('vc-havsvinden', hsa.vardcentral, 'Vårdcentral Havsvinden', 'region-halland'),
  organisation('sjukhuset-varberg', hsa.sjukhus, 'Hallands sjukhus Varberg', 'region-halland'),
  organisation('medicinavdelning-3', hsa.avdelning, 'Medicinavdelning 3', 'sjukhuset-varberg'),
  organisation(
    'psykiatriska-mottagningen',
    hsa.psykiatri,
    'Psykiatriska mottagningen Falkenberg',
    'region-halland',
  ),
  organisation('beroendemottagningen', hsa.beroende, 'Beroendemottagningen Varberg', 'region-halland'),
  organisation('ambulansen-falkenberg', hsa.ambulans, 'Ambulansen Falkenberg', 'region-halland'),
  organisation(
    'informationssakerhet-halland',
    hsa.informationssakerhet,
    'Informationssäkerhet',
    'region-halland',
  ),
  organisation(
    'falkenberg-halso-och-sjukvard',
    hsa.kommunHalsoOchSjukvard,
    'Falkenbergs kommun, hälso- och sjukvård',
  ),
  organisation(
    'hemsjukvarden-soder',
    hsa.hemsjukvard,
    'Hemsjukvården Söder',
    'falkenberg-halso-och-sjukvard',
  ),
  organisation(
    'hemsjukvarden-natt',
    hsa.hemsjukvardNatt,
    'Hemsjukvården Natt',
    'falkenberg-halso-och-sjukvard',
  ),
  organisation('falkenberg-socialtjanst', hsa.kommunOmsorg, 'Falkenbergs kommun, socialtjänst'),
  organisation('hemtjansten-soder', hsa.hemtjanst, 'Hemtjänsten Söder', 'falkenberg-socialtjanst'),
  organisation('nattpatrullen', hsa.nattpatrull, 'Hemtjänstens nattpatrull', 'falkenberg-socialtjanst'),
  organisation('bistand-falkenberg', hsa.bistand, 'Biståndsenheten', 'falkenberg-socialtjanst'),
  organisation('kusten-vard', hsa.privatVardgivare, 'Kusten Vård AB'),
  organisation('vc-kusten', hsa.privatVardcentral, 'Vårdcentralen Kusten', 'kusten-vard'),
];

/** One for all, since the directory is open to every caller: a place of somebody would tell who is cared for, and where. */
const home: Location = {
  resourceType: 'Location',
  id: 'patientens-hem',
  status: 'active',
  name: 'Patientens hem',
  mode: 'kind',
  physicalType: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/location-physical-type',
        code: 'ho',
        display: 'House',
      },
    ],
  },
};

const ward: Location = {
  resourceType: 'Location',
  id: 'medicinavdelning-3',
  status: 'active',
  name: 'Medicinavdelning 3, Varberg',
  mode: 'instance',
  managingOrganization: ref('Organization/medicinavdelning-3'),
};

const alwaysOpen: HealthcareService['availableTime'] = [
  { daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], allDay: true },
];

const nursesOnCall: HealthcareService = {
  resourceType: 'HealthcareService',
  id: 'jour-hemsjukvard-falkenberg',
  active: true,
  providedBy: ref('Organization/hemsjukvarden-soder', 'Hemsjukvården Söder'),
  name: 'Sjuksköterska i hemsjukvården, dygnet runt',
  telecom: [{ system: 'phone', value: '031-390 06 24' }],
  availableTime: alwaysOpen,
};

/** Advice from nurses at all hours, for whoever has no nurse of their own to call. */
const advice: HealthcareService = {
  resourceType: 'HealthcareService',
  id: '1177-pa-telefon',
  active: true,
  providedBy: ref('Organization/region-halland', 'Region Halland'),
  name: '1177 på telefon',
  telecom: [{ system: 'phone', value: '1177' }],
  availableTime: alwaysOpen,
};

export const organisations = [...units, home, ward, nursesOnCall, advice];
