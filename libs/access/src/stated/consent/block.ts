import { type InformationTypeCode, informationTypeCodes, systems } from '../codes.ts';
import { limitsOf } from '../limits.ts';
import { notSo } from '../refusal.ts';
import { fact } from '../stating.ts';
import { namedIn } from './named.ts';
import type { Consent, ConsentFacts, Provision } from './shape.ts';

/**
 * PDL (2008:355) 4 kap. 4 § (inner), SVOD (2022:913) 2 kap. 3 § (outer): a spärr over information of the writer's own
 * organisation. It is about the `informationsenhet`; without one an inner spärr is about the writer's unit and an outer one
 * about the whole organisation. `dataPeriod` limits the information, a nested permit spares types of it.
 */
export const block =
  (kind: 'block-inner' | 'block-outer'): ConsentFacts =>
  (consent, stating) => {
    const { organisation, patient, writer, id } = stating;
    const { period, dataPeriod } = consent.provision ?? {};
    const { informationsenhet } = namedIn(consent, ['informationsenhet']);
    return [
      fact(kind, stating, patient, {
        organisation,
        unit: informationsenhet ?? (kind === 'block-inner' ? writer.unit : null),
        during: limitsOf(period, 'Consent.provision.period'),
        information: limitsOf(dataPeriod, 'Consent.provision.dataPeriod'),
        types: sparedTypes(consent),
        about: id,
      }),
    ];
  };

/** Exceptions to the rule are nested provisions (http://hl7.org/fhir/R4/consent-definitions.html#Consent.provision.provision). */
const sparedTypes = ({ provision }: Consent): string[] => [
  ...new Set((provision?.provision ?? []).flatMap((nested, at) => typesIn(nested, at))),
];

function typesIn(nested: Provision, at: number): InformationTypeCode[] {
  const { type, class: classes = [] } = nested;
  const codes = classes.flatMap(({ system, code = '' }) =>
    system === systems.informationType && isType(code) ? [code] : [],
  );
  const onlyClass = Object.keys(nested).every((name) => ['id', 'extension', 'type', 'class'].includes(name));
  if (type === 'permit' && onlyClass && codes.length > 0 && codes.length === classes.length) return codes;
  throw notSo(
    `Consent.provision.provision[${at}]`,
    `A spärr can spare types of information alone: give type permit and class with codes of ${systems.informationType}: ${Object.keys(informationTypeCodes).join(', ')}.`,
  );
}

const isType = (code: string): code is InformationTypeCode => Object.hasOwn(informationTypeCodes, code);
