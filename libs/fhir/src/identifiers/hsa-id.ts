/**
 * An HSA-id: `SE` (`TSTNMT` at Inera's test environments), the ten digits of an organisation number, which `16` may stand
 * before, a hyphen, and letters and digits of the organisation's choice; at most 31 characters. It has no check digit.
 * https://openehr.atlassian.net/wiki/spaces/healthmod/pages/1922990156, after Inera's rules.
 */
const form = /^(?=.{1,31}$)(?:SE|TSTNMT)(?:16)?\d{10}-[0-9A-Z][0-9A-Z-]*$/;

/** Whether a value in canonical form is an HSA-id. */
export const isHsaId = (value: string): boolean => form.test(value);
