import type { PlanInForce, Step } from '../api/plan.ts';
import { useContentLanguage, useTexts } from '../text/texts.ts';
import { Icon, type IconName } from './icon.tsx';
import { PhoneLink } from './phone-link.tsx';

interface StepListProps {
  readonly steps: readonly Step[];
  /** The person's own normal values, of all plans. */
  readonly normal?: PlanInForce['normal'];
  /** Behandlingsbegränsning, one text of each plan that has one. */
  readonly limits?: readonly string[];
}

/** What to do when it gets worse: level by icon, word and border; within a level the signs, what to do, and whom to call. */
export function StepList({ steps, normal = [], limits = [] }: StepListProps) {
  return (
    <div class="nv-steps">
      {limits.length > 0 && <Limits limits={limits} />}
      {normal.length > 0 && <Normal normal={normal} />}
      {byLevel(steps).map(({ level, steps }) => (
        <Level key={level} level={level} steps={steps} />
      ))}
    </div>
  );
}

type Level = '112' | 'ring-nu' | 'ring-idag' | 'gor-sjalv' | 'other';

const icons: Readonly<Record<Level, IconName>> = {
  '112': 'urgent',
  'ring-nu': 'alarm',
  'ring-idag': 'today',
  'gor-sjalv': 'self',
  other: 'info',
};

const levels: readonly Level[] = ['gor-sjalv', 'other', 'ring-idag', 'ring-nu', '112'];

function levelOf({ level, call112 }: Step): Level {
  if (call112) return '112';
  return levels.find((known) => known === level) ?? 'other';
}

/** The levels that have steps, from the mildest to 112; the steps of each as they come. */
const byLevel = (steps: readonly Step[]) =>
  levels
    .map((level) => ({ level, steps: steps.filter((step) => levelOf(step) === level) }))
    .filter(({ steps }) => steps.length > 0);

function Level({ level, steps }: { level: Level; steps: readonly Step[] }) {
  const texts = useTexts().steps;
  const same = oneContactOf(steps);
  return (
    <section class="nv-level" data-level={level}>
      <h3 class="nv-level-title">
        <Icon name={icons[level]} />
        {texts.levels[level]}
      </h3>
      {same && <Contact contact={same} />}
      <ul class="nv-list">
        {steps.map((step) => (
          <li key={`${step.plan} ${step.sign}`} class="nv-step">
            <OneStep step={same ? { ...step, contact: null } : step} />
          </li>
        ))}
      </ul>
      {level === '112' && <PhoneLink number="112" />}
    </section>
  );
}

/** Whom all steps of a level that call somebody call, when there are several of them: then it is said once. */
function oneContactOf(steps: readonly Step[]): Step['contact'] {
  const [first, ...others] = steps.flatMap(({ contact, call112 }) => (contact && !call112 ? [contact] : []));
  const same = others.length > 0 && others.every(({ number }) => number === first?.number);
  return same && first ? first : null;
}

function Contact({ contact: { name, number, hours } }: { contact: NonNullable<Step['contact']> }) {
  const content = useContentLanguage();
  return (
    <div class="nv-step-call">
      <PhoneLink number={number} name={name} />
      <p {...content}>
        {name}. {hours}
      </p>
    </div>
  );
}

function OneStep({ step }: { step: Step }) {
  const texts = useTexts().steps;
  const content = useContentLanguage();
  const { sign, threshold, first, action, who, contact, call112 } = step;
  return (
    <>
      <p class="nv-strong" {...content}>
        {sign}
      </p>
      {threshold && <Said label={texts.threshold} text={threshold} />}
      {first && <Said label={texts.first} text={first} />}
      {action && <p {...content}>{action}</p>}
      {step.ordination && <p>{texts.ordination}</p>}
      {who.length > 0 && <Said label={texts.who} text={who.join(', ')} />}
      {contact && !call112 && <Contact contact={contact} />}
    </>
  );
}

function Said({ label, text }: { label: string; text: string }) {
  const content = useContentLanguage();
  return (
    <p>
      <span class="nv-muted">{label}</span> <span {...content}>{text}</span>
    </p>
  );
}

function Limits({ limits }: { limits: readonly string[] }) {
  const texts = useTexts().steps;
  const content = useContentLanguage();
  return (
    <section class="nv-limits">
      <h3 class="nv-level-title">
        <Icon name="urgent" />
        {texts.limits}
      </h3>
      {limits.map((limit) => (
        <p key={limit} class="nv-strong" {...content}>
          {limit}
        </p>
      ))}
    </section>
  );
}

function Normal({ normal }: { normal: PlanInForce['normal'] }) {
  const texts = useTexts().steps;
  const content = useContentLanguage();
  return (
    <section class="nv-normal">
      <h3>{texts.normal}</h3>
      <dl class="nv-pairs" {...content}>
        {normal.map(({ what, value }) => (
          <div key={`${what} ${value}`}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
