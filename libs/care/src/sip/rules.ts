import type { DomainRule } from '@naravard/fhir';
import { activityRules } from './activity-rules.ts';
import { sipSamtycke } from './consent-rule.ts';
import { headRules } from './head-rules.ts';

/** The rules of samordnad individuell plan, on CarePlan of category SIP. */
export const sipRules: readonly DomainRule[] = [...headRules, ...activityRules, sipSamtycke];
