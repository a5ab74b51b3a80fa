import {
  type ActorCode,
  actorCodes,
  type ConsentCode,
  consentCodes,
  extensions,
  type formCodes,
  type InformationTypeCode,
  informationTypeCodes,
  liftGroundCodes,
  systems,
} from '../codes.ts';
import type { CodeableConcept, Extension, Reference } from '../elements.ts';
import {
  type AboutPatient,
  aboutPatient,
  byHsaId,
  codingOf,
  type During,
  type Made,
  periodOf,
} from '../resources.ts';

/** `at`: when it was said or decided. */
interface Recorded extends AboutPatient, During {
  readonly at?: string;
}

interface Content {
  readonly law: string | CodeableConcept;
  readonly said?: true;
  readonly extension?: readonly Extension[];
  readonly sourceReference?: Reference;
  readonly provision?: object;
}

const consent = (
  code: ConsentCode,
  { id, patient, at, start, end }: Recorded,
  { law, said, extension, sourceReference, provision }: Content,
): Made<'Consent'> => ({
  resourceType: 'Consent',
  ...(id !== undefined && { id }),
  ...(extension?.length && { extension }),
  status: 'active',
  scope: { coding: [{ system: systems.consentScope, code: 'patient-privacy', display: 'Privacy Consent' }] },
  category: [{ coding: [codingOf(systems.consent, consentCodes, code)] }],
  patient: aboutPatient(patient),
  ...(at !== undefined && { dateTime: at }),
  ...(said && { performer: [aboutPatient(patient)] }),
  ...(sourceReference && { sourceReference }),
  policyRule: typeof law === 'string' ? { text: law } : law,
  ...(provision && { provision: { ...provision, ...periodOf({ start, end }) } }),
});

const actors = (named: Partial<Record<ActorCode, string | undefined>>): { actor?: readonly object[] } => {
  const roles = (Object.keys(actorCodes) as ActorCode[]).flatMap((role) => {
    const hsaId = named[role];
    const coding = [codingOf(systems.consentActor, actorCodes, role)];
    return hsaId === undefined ? [] : [{ role: { coding }, reference: byHsaId(hsaId) }];
  });
  return roles.length > 0 ? { actor: roles } : {};
};

const yes = (url: string): Extension => ({ url, valueBoolean: true });

/** HSA-ids of whom an answer is for; without any, the writer's unit. `organisation` alone: all of it. */
export interface AnswerFor {
  readonly organisation?: string;
  readonly unit?: string;
  readonly person?: string;
}

type Answer = Recorded & AnswerFor & { answer: 'yes' | 'no'; form?: keyof typeof formCodes };

const answer = (
  code: ConsentCode,
  law: string,
  { answer, form, organisation, unit, person, ...of }: Answer,
): Made<'Consent'> =>
  consent(code, of, {
    law,
    said: true,
    ...(form && { extension: [{ url: extensions.form, valueCode: form }] }),
    provision: {
      type: answer === 'yes' ? 'permit' : 'deny',
      ...actors({ organisation, enhet: unit, medarbetare: person }),
    },
  });

export const svodConsent = (of: Answer): Made<'Consent'> =>
  answer('svod-samtycke', 'Lag (2022:913) 3 kap. 1-2 §§', of);

export const sipConsent = (of: Answer): Made<'Consent'> =>
  answer('sip-samtycke', 'Lag (2017:612) 4 kap. 2 §', of);

/** `unit`: whose information is blocked. `information`: limits of its time. `spares`: types of it that are not blocked. */
export const sparr = ({
  reach,
  unit,
  information = {},
  spares = [],
  ...of
}: Recorded & {
  reach: 'inner' | 'outer';
  unit?: string;
  information?: During;
  spares?: readonly InformationTypeCode[];
}): Made<'Consent'> => {
  const { period: dataPeriod } = periodOf(information);
  const classes = spares.map((code) => codingOf(systems.informationType, informationTypeCodes, code));
  const inner = reach === 'inner';
  return consent(inner ? 'sparr-inre' : 'sparr-yttre', of, {
    law: inner ? 'Lag (2008:355) 4 kap. 4 §' : 'Lag (2022:913) 2 kap. 3 §',
    said: true,
    provision: {
      type: 'deny',
      ...actors({ informationsenhet: unit }),
      ...(dataPeriod && { dataPeriod }),
      ...(classes.length > 0 && { provision: [{ type: 'permit', class: classes }] }),
    },
  });
};

/** `sparr`: id of the Consent that is lifted. `unit`, `person`: for whom. `relevant`: FHIR types, when indispensable. */
export const sparrLift = ({
  sparr,
  ground,
  unit,
  person,
  relevant = [],
  ...of
}: Recorded &
  Required<During> & {
    sparr: string;
    ground: keyof typeof liftGroundCodes;
    unit: string;
    person?: string;
    relevant?: readonly string[];
  }): Made<'Consent'> =>
  consent('sparr-havning', of, {
    law: { coding: [codingOf(systems.liftGround, liftGroundCodes, ground)] },
    sourceReference: { reference: `Consent/${sparr}` },
    provision: {
      type: 'permit',
      ...actors({ enhet: unit, medarbetare: person }),
      ...(relevant.length > 0 && {
        class: relevant.map((code) => ({ system: systems.resourceTypes, code })),
      }),
    },
  });

/** Danger is stated by calling this; `attested`: the patientrelation is, for who has none registered. */
export const emergencyOpening = ({
  reason,
  attested,
  ...of
}: Recorded & Required<During> & { reason: string; attested?: boolean }): Made<'Consent'> =>
  consent('nodoppning', of, {
    law: 'Lag (2022:913) 3 kap. 6 §',
    extension: [
      yes(extensions.dangerStated),
      { url: extensions.emergencyReason, valueString: reason },
      ...(attested ? [yes(extensions.relationAttested)] : []),
    ],
    provision: { type: 'permit' },
  });

/** The attitude was explored, and there is no reason to think that the person would oppose: both are stated by this. */
export const lastingIncapacityFound = (of: Recorded & Required<During>): Made<'Consent'> =>
  consent('saknar-beslutsformaga', of, {
    law: 'Lag (2022:913) 3 kap. 3-4 §§',
    extension: [yes(extensions.attitudeExplored), yes(extensions.noReasonToThinkOpposed)],
    provision: { type: 'permit' },
  });

export const childFoundUnable = (of: Recorded & Required<During>): Made<'Consent'> =>
  consent('barn-kan-inte-samtycka', of, {
    law: 'Lag (2022:913) 3 kap. 1 §',
    provision: { type: 'permit' },
  });

/** `at`: the day or instant on which the person was informed. */
export const svodInformationGiven = ({ id, patient, at }: AboutPatient & { at: string }): Made<'Consent'> =>
  consent('information', { id, patient, at }, { law: 'Lag (2022:913) 2 kap. 2 §' });

export const ageExceptionOf = ({
  as,
  ...of
}: Recorded & { as: 'young-person-has-access' | 'guardian-keeps-access' }): Made<'Consent'> =>
  consent(as === 'young-person-has-access' ? 'tidigare-tillgang' : 'forlangd-tillgang', of, {
    law: 'Lag (2008:355) 5 kap. 5 §',
    provision: { type: 'permit' },
  });
