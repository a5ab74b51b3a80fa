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
  how: 'How well the service meets the requirements',
  hows: [
    'The service is built to follow the Swedish law on accessible digital public services.',
    'The pages have been tried against WCAG 2.2, level AA: rules for pages that everybody can use.',
    'We know of no hindrances in the pages themselves.',
  ],
  limits: 'What may be hard',
  limitsList: [
    'What your carers have written may have hard words, and is in Swedish. Ask who wrote it to explain.',
    'In Arabic only the most important pages are translated. The rest is in Swedish.',
    'Pictures of the week and of your values have the same content in text beside them.',
  ],
  tested: 'How we have tried it',
  testedText:
    'Each page is tried with programs, with the keyboard alone, with large text, on a narrow screen and on paper.',
  feedback: 'Tell us when something does not work',
  feedbackLead: 'Say which page it is and what went wrong. You can be helped in another way.',
  feedbackLink: 'Send what you think',
  feedbackNobody: 'Tell those who give you care, so that the fault can be mended.',
  supervision: 'Are you not content with the answer?',
  supervisionLead: 'The Agency for Digital Government (Digg) sees to it that the law is followed.',
  supervisionLink: 'Report to Digg',
};
