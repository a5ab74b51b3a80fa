import type { PatientTexts } from './sv.ts';

export const om: PatientTexts['om'] = {
  lead: 'Words that Swedish health care and social care use.',
  words: [
    ['Fast vårdkontakt', 'A named person in health care who sees to it that your help fits together.'],
    ['Fast läkarkontakt', 'The doctor you go to first.'],
    ['Fast omsorgskontakt', 'The person in home help who knows you best.'],
    ['Behandlingsplan', 'Shows what you and your carers do if you get worse.'],
    [
      'SIP, samordnad individuell plan',
      'Shows what health care and social care do together. You take part and decide.',
    ],
    ['Samtycke', 'That you say yes: consent. You can take it back.'],
    ['Spärr', 'A block: others cannot read what you have blocked.'],
    ['Nödöppning', 'Reading without asking you, in danger. It is always checked.'],
    ['Vårdgivare', 'Who gives health care, for example the region or the municipality.'],
    ['Omsorgsgivare', 'Who gives social care, for example home help.'],
    ['Närstående', 'Somebody close to you, for example a child or a friend.'],
    ['1177', 'Advice on illness by telephone, day and night. Call 1177.'],
    ['112', 'Call 112 when a life is in danger.'],
  ],
  help: 'Good to know',
  helps: [
    'You can make the text larger at the bottom of the page.',
    'You can change language at the bottom of the page. What your carers have written is in Swedish.',
    'You can print every page.',
    'Log out when you are done if others use the same screen.',
  ],
};

export const tillganglighet: PatientTexts['tillganglighet'] = {
  lead: 'Everybody should be able to use My plan. This is how well it works.',
  responsible: (name) => `${name} is responsible for My plan.`,
  nobodyNamed: 'It is not written here who is responsible for My plan. Ask those who give you care.',
  law: 'How well we follow the law',
  laws: [
    'My plan is partly compliant with the Swedish law on accessible digital public services (2018:1937).',
    'The reason is the faults on this page.',
    'We have left nothing unmended because it is hard or expensive.',
  ],
  faults: 'Faults that we know of',
  faultsList: [
    'You are logged out when you have done nothing for an hour, so that nobody else reads your plan. A browser that runs no scripts does not warn you.',
    'What your carers have written may have hard words. It is in Swedish, whatever language you choose.',
    'The plan that you print is in Swedish alone. Its page has no link back.',
    'Another service handles the login. We have not tried that one.',
  ],
  tested: 'How we have tried it',
  testedList: [
    'We have tried the pages ourselves against WCAG 2.2, level AA: rules for pages that everybody can use.',
    'We have tried with programs, with the keyboard alone, with large text, on a narrow screen and on paper.',
    'Nobody outside has reviewed the pages. People with disabilities have not tried them yet.',
  ],
  assessed: (date) => `We last assessed the pages on ${date}. This text was written on the same day.`,
  feedback: 'Tell us when something does not work',
  feedbackLead:
    'Say which page it is and what went wrong. You may ask for what you need in another way, for example on paper.',
  feedbackLink: 'Send what you think',
  feedbackNobody: 'Tell those who give you care, so that the fault can be mended.',
  supervision: 'Are you not content with the answer?',
  supervisionLead:
    'The Agency for Digital Government (Digg) sees to it that the law is followed. You can report to it.',
  supervisionLink: 'Report to Digg',
};
