import { type CodeSystem, type Coding, codeUnknown, partlyLoaded, shown } from '@naravard/terminology';
import { codingsOf } from './coded.ts';
import { languageAsked } from './language.ts';
import { systemAsked } from './named-content.ts';
import type { TerminologyOperation } from './terminology-operation.ts';
import { type Criteria, parametersOf, together, type Verdict, verdictOn } from './verdict.ts';

/**
 * http://hl7.org/fhir/R4/codesystem-operation-validate-code.html: whether codes are of a code system. A code that it has
 * not is an answer (result=false); of a system of which only a part is loaded that cannot be told (422).
 */
export const validateInSystem: TerminologyOperation = {
  type: 'CodeSystem',
  name: '$validate-code',
  inputs: {
    url: 'uri',
    codeSystem: 'resource',
    code: 'code',
    version: 'string',
    display: 'string',
    coding: 'coding',
    codeableConcept: 'concept',
    date: 'unsupported',
    abstract: 'boolean',
    displayLanguage: 'code',
  },
  answer(asked) {
    const system = systemAsked(asked, 'url');
    const codings = codingsOf(asked.input, {}, system.url);
    const criteria: Criteria = {
      abstract: asked.input.flag('abstract'),
      language: languageAsked(asked.input),
      languageOf: () => system.language,
    };
    return parametersOf(together(codings.map((each) => judged(each, system, criteria))));
  },
};

function judged(coding: Coding, system: CodeSystem, criteria: Criteria): Verdict {
  const { code = '' } = coding;
  if (coding.system !== system.url) {
    const message = `The code '${shown(code)}' is of another code system than '${shown(system.url)}'.`;
    return { result: false, message };
  }
  const concept = system.concept(code);
  if (concept) return verdictOn(coding, { ...concept, version: system.version }, criteria);
  if (!system.complete) throw partlyLoaded(system.url);
  return { result: false, message: codeUnknown(system.url, code) };
}
