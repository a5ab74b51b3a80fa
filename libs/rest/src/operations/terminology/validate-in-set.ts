import { type Coding, codeUnknown, type Expansion, shown, type Terminology } from '@naravard/terminology';
import { codingsOf } from './coded.ts';
import { languageAsked } from './language.ts';
import { expansionAsked } from './named-content.ts';
import type { TerminologyOperation } from './terminology-operation.ts';
import { type Criteria, parametersOf, together, type Verdict, verdictOn } from './verdict.ts';

/**
 * http://hl7.org/fhir/R4/valueset-operation-validate-code.html: whether codes are in a value set, which are those that
 * `$expand` gives. A code that is not is an answer (result=false). Headings are in it unless `abstract` is false.
 */
export const validateInSet: TerminologyOperation = {
  type: 'ValueSet',
  name: '$validate-code',
  inputs: {
    url: 'uri',
    context: 'unsupported',
    valueSet: 'resource',
    valueSetVersion: 'string',
    code: 'code',
    system: 'uri',
    systemVersion: 'string',
    display: 'string',
    coding: 'coding',
    codeableConcept: 'concept',
    date: 'unsupported',
    abstract: 'boolean',
    displayLanguage: 'code',
  },
  answer(asked) {
    const { terminology, input } = asked;
    const codings = codingsOf(input, { system: 'system', version: 'systemVersion' });
    const criteria: Criteria = {
      abstract: input.flag('abstract'),
      language: languageAsked(input),
      languageOf: (system) => terminology.codeSystem(system)?.language,
    };
    const set = expansionAsked(asked);
    return parametersOf(together(codings.map((each) => judged(each, set, terminology, criteria))));
  },
};

function judged(coding: Coding, expansion: Expansion, terminology: Terminology, criteria: Criteria): Verdict {
  const { system, code = '' } = coding;
  if (system === undefined) {
    const message = `The code '${shown(code)}' has no system: a code alone can mean different things.`;
    return { result: false, message };
  }
  const found = expansion.find(system, code);
  if (found) return verdictOn(coding, found, criteria);
  const of = terminology.codeSystem(system);
  const isUnknown = of?.complete && !of.concept(code);
  const { url } = expansion.of;
  const set = url === undefined ? 'the value set' : `the value set '${shown(url)}'`;
  const message = `The code '${shown(code)}' of '${shown(system)}' is not in ${set}.`;
  return { result: false, message: isUnknown ? `${message} ${codeUnknown(system, code)}` : message };
}
