import type { ContactNow } from '../contact/contact-now.ts';

/** For whom the plan is composed: the person, or staff. */
export type PlanForm = 'patient' | 'personal';

/**
 * Everything that is planned round a person, in one, and most of the compact JSON (compact-plan.ts): names are added to it, never
 * changed or taken away. Texts are Swedish; times are FHIR dates or instants as they are stored;
 * `reference` is `Type/id`.
 */
export interface SamordnadPlan {
  readonly patient: {
    readonly reference: string;
    readonly name: string | null;
    readonly born: string | null;
    /** Whether the person has protected identity (OSL 2009:400 22 kap 1 §), which whoever shows the plan warns of. */
    readonly protectedIdentity: boolean;
  };
  readonly form: PlanForm;
  /** The instant that contacts and times are for, ISO. */
  readonly at: string;
  /** The instant after which changes are told; null when it was not given. */
  readonly since: string | null;
  /** False when there was more than one answer holds. */
  readonly complete: boolean;
  readonly contactNow: ContactNow;
  /** What to do when it gets worse, from `gor-sjalv` to `ring-nu`. */
  readonly steps: readonly Step[];
  /** Patientkontrakt has four parts, by their Swedish names. */
  readonly patientkontrakt: {
    readonly fastVardkontakt: readonly PlannedContact[];
    readonly overenskommelse: {
      /** What the person does. */
      readonly own: readonly Activity[];
      /** What care, omsorg and relatives do. */
      readonly others: readonly Activity[];
    };
    readonly overenskommenTid: readonly PlannedTime[];
    readonly sammanhallenPlan: {
      readonly plans: readonly PlanInForce[];
      readonly goals: readonly PlannedGoal[];
      readonly followUps: readonly FollowUp[];
    };
  };
  /** The latest first; empty without `since`. */
  readonly changes: readonly Change[];
}

export interface PlannedContact {
  readonly reference: string;
  readonly kind: 'fast-kontakt' | 'team' | 'tjanst';
  /** Code of kv_typ_av_fast_kontakt; null of teams and services. */
  readonly type: string | null;
  /** `Fast läkarkontakt`. */
  readonly title: string;
  readonly name: string;
  /** What this contact is there for. */
  readonly uppdrag: string | null;
  readonly unit: string | null;
  readonly numbers: readonly PlannedNumber[];
  /** There is another fast läkarkontakt as well, at another vårdgivare; the newest is first. */
  readonly flerLakarkontakter: boolean;
}

export interface PlannedNumber {
  readonly system: string;
  readonly value: string;
  /** `Svarar vardagar 08–17.`; null when it is not known when somebody answers. */
  readonly hours: string | null;
  /** Whether somebody answers at `at`. */
  readonly open: boolean;
  /** Date when somebody last tried it. */
  readonly checked: string | null;
}

export interface Step {
  readonly plan: string;
  /** `gor-sjalv`, `ring-idag`, `ring-nu`; another code, or '', where the plan has one that is not known. */
  readonly level: string;
  readonly sign: string;
  readonly threshold: string | null;
  /** What the person can do before calling. */
  readonly first: string | null;
  readonly action: string | null;
  /** Who does it; empty: the person. */
  readonly who: readonly string[];
  /** Whom to call and the number that is answered at `at`, by that contact or who else answers, with its hours; null where it calls nobody. */
  readonly contact: { readonly name: string; readonly number: string; readonly hours: string } | null;
  /** The step is to call 112. */
  readonly call112: boolean;
  /** The step points to an ordination vid behov. */
  readonly ordination: boolean;
}

export interface Activity {
  readonly plan: string;
  readonly text: string;
  readonly who: readonly string[];
  readonly unit: string | null;
  /** region, kommun, annan, personen, narstaende. */
  readonly huvudman: string | null;
  readonly often: string | null;
}

export interface PlannedTime {
  readonly reference: string;
  readonly title: string;
  readonly start: string;
  readonly end: string | null;
  readonly who: readonly string[];
  /** Where a contact by video is held. */
  readonly link: string | null;
}

export interface PlanInForce {
  readonly reference: string;
  /** `behandlingsplan`, `SIP`, `VP`, ...; null for a sort that is not known here. */
  readonly kind: string | null;
  readonly kindName: string;
  readonly title: string;
  readonly description: string | null;
  readonly unit: string | null;
  readonly start: string | null;
  readonly end: string | null;
  /** Who answers for it, by role: `Ansvarig läkare`. */
  readonly responsible: readonly { readonly role: string; readonly name: string }[];
  /** The parts that others write. */
  readonly parts: readonly {
    readonly reference: string;
    readonly title: string;
    readonly unit: string | null;
    readonly unitHsaId: string | null;
  }[];
  /** The person's own normal values. */
  readonly normal: readonly { readonly what: string; readonly value: string }[];
  /** What is not to be done (behandlingsbegränsning), as head and parts say. */
  readonly limits: string | null;
}

export interface PlannedGoal {
  readonly reference: string;
  readonly text: string;
  /** Said by the person. */
  readonly own: boolean;
}

export interface FollowUp {
  readonly plan: string;
  readonly date: string;
  readonly text: string;
  readonly who: string | null;
}

export interface Change {
  readonly reference: string;
  readonly kind: 'ny' | 'andrad' | 'avslutad';
  readonly title: string;
  readonly unit: string | null;
  readonly when: string;
}
