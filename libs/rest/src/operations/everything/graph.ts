import { isDirectory } from '@naravard/access';
import type { EverythingFrom, Way } from '@naravard/search';
import { bundleText } from '../../bundle-text.ts';
import type { Interaction } from '../../call.ts';
import { isThere, missing } from '../../reply.ts';
import { questionOf } from '../question.ts';
import { checkAsked, entriesOf, everythingQuery, findingIn, givenTypes } from './everything-query.ts';

type Shape = Pick<EverythingFrom, 'whole' | 'back' | 'backFurther' | 'ways'>;

const to = (target: string, ...sources: readonly string[]): Way[] =>
  sources.map((from) => ({ from, to: target }));

/** Whom to call: the services of the units that are named. */
const services = to('Organization', 'HealthcareService');

/**
 * A plan is one with its head and its parts. Activities and what is done by it refer to it, as do what was said, agreed and
 * signed about it; what it replaces and what has replaced it come without what belongs to them alone.
 */
const ofCarePlan: Shape = {
  whole: 'part-of',
  back: to(
    'CarePlan',
    'Appointment',
    'CarePlan',
    'Communication',
    'Consent',
    'DocumentReference',
    'Provenance',
    'QuestionnaireResponse',
    'ServiceRequest',
    'Task',
  ),
  backFurther: services,
  ways: [
    ...to('CareTeam', 'CareTeam'),
    ...to('Condition', 'Goal', 'ServiceRequest'),
    ...to('Appointment', 'Task'),
    ...to('ServiceRequest', 'Task', 'Appointment'),
  ],
};

/** The plans that name it, and the teams that it takes part in, come without what belongs to them alone. */
const ofCareTeam: Shape = {
  whole: null,
  back: to('CareTeam', 'CarePlan', 'CareTeam', 'Provenance'),
  backFurther: services,
  ways: to('CareTeam', 'CareTeam'),
};

/**
 * `GET [type]/[id]/$everything`, our own after http://hl7.org/fhir/R4/patient-operation-everything.html: a resource and all that
 * belongs to it, in one statement, hence one round trip and one snapshot: the resource first, as match, then as includes what it
 * refers to in whatever element, what refers to it, and of all that the staff, relatives, units, services and places that are
 * named. All of it is about the same person or about nobody, and every step is one that the caller sees.
 */
function graphOf(type: 'CarePlan' | 'CareTeam', shape: Shape): Interaction {
  return {
    name: '$everything',
    method: 'GET',
    route: `/${type}/:id/$everything`,
    async handle(engine, call) {
      const { id } = call;
      questionOf(call);
      checkAsked(engine, call.context, type);
      const types = givenTypes(engine);
      const carried = [...types.filter(isDirectory), 'RelatedPerson'];
      const query = everythingQuery(engine, { kind: 'graph', type, id, types, carried, ...shape }, 1);
      const path = `${type}/${id}/$everything`;
      const page = await engine.store.search(findingIn(call, `${path}?`), query);
      const [found] = page.resources;
      if (!isThere(found)) return missing(found);
      const links = [{ relation: 'self' as const, url: `${engine.base}/${path}` }];
      const more = `More belongs to this ${type} than the ${query.maxIncluded} resources that come with it: what is furthest from it is left out. Search for the rest, or page through Patient/[id]/$everything.`;
      return { status: 200, body: bundleText('searchset', entriesOf(engine, page, more), { links }) };
    },
  };
}

export const carePlanGraph = graphOf('CarePlan', ofCarePlan);
export const careTeamGraph = graphOf('CareTeam', ofCareTeam);
