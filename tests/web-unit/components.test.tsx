import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { ContactCall, ContactNow, Step } from '../../services/web/src/api/plan.ts';
import { ar } from '../../services/web/src/text/ar.ts';
import { sv } from '../../services/web/src/text/sv.ts';
import { TextsProvider } from '../../services/web/src/text/texts.ts';
import { AttentionList } from '../../services/web/src/ui/attention-list.tsx';
import { CallCard } from '../../services/web/src/ui/call-card.tsx';
import { Choices } from '../../services/web/src/ui/choices.tsx';
import { ErrorSummary } from '../../services/web/src/ui/error-summary.tsx';
import { MeasurementChart } from '../../services/web/src/ui/measurement-chart.tsx';
import { NoteList } from '../../services/web/src/ui/note-list.tsx';
import { StepList } from '../../services/web/src/ui/step-list.tsx';
import { TextField } from '../../services/web/src/ui/text-field.tsx';
import { WeekStrip } from '../../services/web/src/ui/week-strip.tsx';

const at = '2026-11-24T01:15:00Z';
const html = (content: ComponentChildren, texts = sv) =>
  render(<TextsProvider value={{ texts, at }}>{content}</TextsProvider>);
const words = (content: ComponentChildren, texts = sv) =>
  html(content, texts)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const call = (name: string, value: string, more: Partial<ContactCall> & { staffOnly?: boolean } = {}) => ({
  path: null,
  kind: 'team' as const,
  typ: null,
  name,
  who: name,
  uppdrag: null,
  value,
  answers: 'nu' as const,
  hours: 'Svarar dygnet runt.',
  remark: null,
  ...more,
});
const now: ContactNow = {
  at,
  first: call('Hemsjukvården Söder', '031-390 06 24'),
  thenList: [],
  reason: 'Dygnet runt: ring Hemsjukvården Söder.',
  ifNoAnswer: 'Svarar ingen? Försök igen om en stund. Blir det värre: ring 112.',
  danger: { value: '112', text: 'Är det fara för livet? Ring 112.' },
};

describe('Ring nu', () => {
  test('has one big number, why, and 112 with the address to say', () => {
    const card = html(<CallCard now={now} place="Storgatan 1" />);
    expect(card.match(/nv-phone-big/g)).toHaveLength(1);
    expect(card).toContain('href="tel:0313900624"');
    expect(card).toContain('href="tel:112"');
    const said = words(<CallCard now={now} place="Storgatan 1" />);
    expect(said).toContain('Dygnet runt: ring Hemsjukvården Söder.');
    expect(said).toMatch(/Säg adressen:\s+Storgatan 1/);
  });

  test('says what to do when nobody answers, and hides none but the many after two', () => {
    expect(words(<CallCard now={now} />)).toContain('Försök igen om en stund.');
    const many = ['1', '2', '3', '4'].map((last) => call(`Team ${last}`, `031-390 06 3${last}`));
    const card = html(<CallCard now={{ ...now, thenList: many }} />);
    expect(card).toContain('Visa 2 nummer till');
    expect(card.indexOf('031-390 06 32')).toBeLessThan(card.indexOf('<details'));
    expect(card.indexOf('031-390 06 33')).toBeGreaterThan(card.indexOf('<details'));
  });

  test('marks for staff a number that is for staff alone', () => {
    const doctor = { ...now, first: call('Nattläkaren', '031-390 06 29', { staffOnly: true }) };
    expect(words(<CallCard now={doctor} staff />)).toContain('Bara för personal.');
  });

  test('keeps the Swedish of care apart in a page that is read from right to left', () => {
    const card = html(<CallCard now={now} />, ar);
    expect(card).toContain('<p class="nv-call-name" lang="sv" dir="ltr">');
    expect(card).toContain('dir="ltr">031-390 06 24');
  });
});

const step = (level: string, sign: string, more: Partial<Step> = {}): Step => ({
  plan: 'CarePlan/a',
  level,
  sign,
  threshold: null,
  first: null,
  action: null,
  who: [],
  contact: null,
  call112: false,
  ordination: false,
  ...more,
});
const team = { name: 'Hemsjukvården', number: '031-390 06 24', hours: 'Svarar dygnet runt.' };

describe('what to do when it gets worse', () => {
  test('goes from what one does oneself to 112, each level by its word', () => {
    const said = words(
      <StepList
        steps={[
          step('ring-nu', 'Andnöd', { call112: true }),
          step('ring-nu', 'Blod i slemmet', { contact: team }),
          step('ring-idag', 'Vikten ökar'),
          step('gor-sjalv', 'Som vanligt'),
        ]}
      />,
    );
    expect(said).toMatch(
      /Gör själv.*Som vanligt.*Ring i dag, vänta inte till i morgon.*Vikten ökar.*Ring nu.*Blod.*Ring 112 nu.*Andnöd/,
    );
  });

  test('the red step is to call 112 only where the plan says so', () => {
    const red = html(<StepList steps={[step('ring-nu', 'Andnöd', { contact: team })]} />);
    expect(red).toContain('Ring nu');
    expect(red).not.toContain('tel:112');
  });

  test('a number that all of a level call is given once', () => {
    const steps = [
      step('ring-idag', 'Vikt', { contact: team }),
      step('ring-idag', 'Slem', { contact: team }),
    ];
    expect(html(<StepList steps={steps} />).match(/tel:0313900624/g)).toHaveLength(1);
  });

  test('a level that is not known is shown all the same', () => {
    expect(words(<StepList steps={[step('gul', 'Yrsel', { action: 'Vila.' })]} />)).toMatch(
      /Gör så här.*Yrsel.*Vila/,
    );
  });
});

test('the week is told in words as well: each stretch with name and number', () => {
  const said = words(
    <WeekStrip
      cover={[
        { from: '2026-12-23T23:00:00Z', to: '2026-12-24T07:00:00Z', answer: 0 },
        { from: '2026-12-24T07:00:00Z', to: '2026-12-24T23:00:00Z', answer: 1 },
      ]}
      answers={[
        { ...now, first: now.first },
        { ...now, first: call('1177', '1177') },
      ]}
    />,
  );
  expect(said).toContain('torsdag 24 december (julafton)');
  expect(said).toMatch(/kl\. 00\.00–08\.00: Hemsjukvården Söder, 031-390 06 24/);
  expect(said).toMatch(/kl\. 08\.00–24\.00: 1177 /);
});

test('what the rest of the warnings are about is said once', () => {
  const attention = ['horsel', 'allergi', 'allergi'].map((kind, index) => ({
    kind,
    text: `nr ${index}`,
    reference: `Flag/${index}`,
  }));
  expect(html(<AttentionList attention={attention} most={2} />)).toContain('>Se också: Allergi</summary>');
});

test('a value over its limit is said so, and all values stand in a table', () => {
  const values = [80, 80.4, 82.4].map((value, index) => ({ at: `2026-11-2${index}T07:00:00Z`, value }));
  const said = words(
    <MeasurementChart
      measurement={{ code: 'vikt', title: 'Vikt', unit: 'kg', low: null, high: 81, values }}
    />,
  );
  expect(said).toMatch(/82,4 kg.*Över gränsen 81 kg.*Ska vara högst 81 kg/);
  expect(said).toMatch(/söndag 22 november kl\. 08\.00 82,4 .*80,4 .*fredag 20 november kl\. 08\.00 80 /);
});

test('one value, and none, can be drawn', () => {
  const measurement = { code: 'vikt', title: 'Vikt', unit: 'kg', low: null, high: null, values: [] };
  expect(words(<MeasurementChart measurement={measurement} />)).toContain('Det finns inga värden än.');
  const one = html(<MeasurementChart measurement={{ ...measurement, values: [{ at, value: 80 }] }} />);
  expect(one).not.toMatch(/NaN|Infinity/);
});

test('what a person has written stays text', () => {
  const note = {
    reference: 'Communication/1',
    kind: 'egen-anteckning' as const,
    text: '<img src=x onerror=alert(1)>',
    at,
    by: '<b>Astrid</b>',
    about: null,
  };
  const list = html(<NoteList notes={[note]} />);
  expect(list).not.toMatch(/<img|<b>/);
  expect(list).toContain('&lt;img');
});

describe('a form', () => {
  test('a field is read with its hint and its error', () => {
    const field = html(<TextField name="skal" label="Skäl" hint="Kort." error="Skriv ett skäl." />);
    expect(field).toContain('<label class="nv-label" for="skal">');
    expect(field).toMatch(/<input[^>]*aria-describedby="skal-hint skal-error"[^>]*>/);
    expect(field).toMatch(/<input[^>]*aria-invalid="true"/);
  });

  test('choices work without JavaScript, and the summary leads to what is missing', () => {
    const form = html(
      <>
        <ErrorSummary problems={[{ text: 'Välj ett av alternativen.', field: 'svar' }]} />
        <Choices
          legend="Får jag läsa?"
          name="svar"
          value="nej"
          options={[
            { value: 'ja', label: 'Ja' },
            { value: 'nej', label: 'Nej' },
          ]}
        />
      </>,
    );
    expect(form).toContain('href="#svar"');
    expect(form).toMatch(/id="svar"[^>]*value="ja"/);
    expect(form).toMatch(/<input[^>]*value="nej"[^>]*checked/);
  });
});

test('what to know at the door is said in full, and where there is no room for all, what the rest is about', () => {
  const attention = ['allergi', 'syrgas', 'horsel'].map((kind) => ({
    reference: kind,
    kind,
    text: `${kind}.`,
  }));
  expect(words(<AttentionList attention={attention} />)).not.toContain('Se också');
  const [first, rest] = html(<AttentionList attention={attention} most={2} />).split('<details');
  expect(first).toContain('allergi.');
  expect(rest).toContain('Se också: Syrgas, Hör dåligt</summary>');
  expect(rest).toContain('horsel.');
});

test('nothing is styled in place: the policy of the pages forbids it', () => {
  const week = html(
    <WeekStrip cover={[{ from: at, to: '2026-11-24T23:00:00Z', answer: 0 }]} answers={[now]} />,
  );
  expect(week).not.toContain('style=');
});
