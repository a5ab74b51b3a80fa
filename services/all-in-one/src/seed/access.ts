import type { Resource } from '@medplum/fhirtypes';
import {
  careRelation,
  lastingIncapacityFound,
  type Made,
  sipConsent,
  sparr,
  svodConsent,
  svodInformationGiven,
} from '@naravard/access';
import { type Case, dayBefore, type Writer } from './case.ts';
import { hsaOf } from './halland.ts';

/** Days before the anchor on which everybody was asked. */
const ASKED = 365;

/** Id of the consent that a person's SIP is made with. */
export const sipConsentId = (person: string): string => `${person}-sip-ja`;

/**
 * What access is decided on, by who states it: the relation of the vårdcentral (those of hemsjukvård and hemtjänst are
 * insatser, person.ts), that the person was informed, and the answer on SVOD. Nine of ten say yes, one of 25 no; one of 25
 * cannot take a stand; one of 100 has blocked what the vårdcentral wrote. Who has a SIP has said yes to it.
 */
export function access(person: Case): Record<Writer, Resource[]> {
  const { id, vardcentral, hemsjukvard, hemtjanst, anchor, random } = person;
  const unit = hsaOf(vardcentral);
  const region = [
    careRelation({ id: `${id}-rel`, patient: id, unit, start: dayBefore(anchor, 1500) }),
    ...answered(person, vardcentral, 'vc'),
    ...(random.chance(0.01)
      ? [sparr({ id: `${id}-sparr`, patient: id, reach: 'outer', unit, start: dayBefore(anchor, ASKED) })]
      : []),
    ...(person.sip
      ? [
          sipConsent({
            id: sipConsentId(id),
            patient: id,
            at: dayBefore(anchor, ASKED),
            answer: 'yes',
            form: 'muntligt',
            unit,
            start: dayBefore(anchor, ASKED),
          }),
        ]
      : []),
  ];
  return {
    region: asResources(region),
    halsoOchSjukvard: asResources(hemsjukvard ? answered(person, hemsjukvard, 'hsv') : []),
    omsorg: asResources(hemtjanst ? answered(person, hemtjanst, 'htj') : []),
  };
}

/** That the organisation of the unit informed the person, and what the person answered to the unit. */
function answered({ id, anchor, random, unable }: Case, unit: string, mark: string): Made[] {
  const at = dayBefore(anchor, ASKED);
  const informed = svodInformationGiven({ id: `${id}-info-${mark}`, patient: id, at });
  const drawn = random.next();
  if (unable) {
    // A finding holds for a year at most, so that this one has been made anew since then.
    const start = dayBefore(anchor, 90);
    const end = dayBefore(anchor, -270);
    const finding = { id: `${id}-bf-${mark}`, patient: id, at: start, start, end };
    return [informed, lastingIncapacityFound(finding)];
  }
  if (drawn > 0.94) return [informed];
  const answer = drawn < 0.04 ? 'no' : 'yes';
  return [
    informed,
    svodConsent({ id: `${id}-svod-${mark}`, patient: id, at, answer, unit: hsaOf(unit), start: at }),
  ];
}

const asResources = (made: readonly Made[]): Resource[] => made as unknown as Resource[];
