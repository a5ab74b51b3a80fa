/** Amounts of a medicine: `40 mg`, `2 tabl`, `6 E`, `1-2 puffar`, `en halv tablett`; a content in blood (`mg/l`) is none. */
const doses = [
  /\d\s*(?:mg|milligram|µg|μg|mcg|mikrogram|mmol|g)(?![\p{L}\d]|\s*\/)/iu,
  /(?:\d|\b(?:en|ett|två|tre|fyra|halv|halva))\s*(?:extra\s+)?(?:tabl(?:ett(?:er)?)?|kaps(?:lar|lel|el)?|puff(?:ar)?|inhalation(?:er)?|droppar|dos(?:er)?|plåster|stolpiller|spray(?:er)?|sprayningar|ampull(?:er)?)(?!\p{L})/iu,
  /\d\s*(?:IE|enhet(?:er)?)(?!\p{L})/iu,
  /\d\s*E(?!\p{L})/u,
  /\bdubb(?:el|la)\s+dos/iu,
  /\b(?:ta|tar|tag|ge|ger)\b[^.]*\d\s*st(?!\p{L})/iu,
];

/** A volume is a dose, unless it is of what somebody drinks or passes. */
const volume = /\d\s*(?:ml|milliliter|cl|dl|matsked(?:ar)?|tesked(?:ar)?|msk|tsk)(?!\p{L})/iu;
const fluid = /drick|dryck|vätska|vatten|urin|katet/iu;

/**
 * Whether a Swedish text states how much of a medicine to take: a number with a unit of medicines. It cannot be exact; it is
 * meant to refuse what a hurried writer would copy from a list of medicines.
 */
export const statesDose = (text: string): boolean =>
  doses.some((each) => each.test(text)) ||
  text.split(/[.;]\s/).some((sentence) => volume.test(sentence) && !fluid.test(sentence));
