import { render } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { PlanInForce } from '../../services/web/src/api/plan.ts';
import type { SessionUser } from '../../services/web/src/nurse/data/session.ts';
import { PlanCard } from '../../services/web/src/nurse/patient/plan-card.tsx';
import { sv } from '../../services/web/src/text/sv.ts';
import { TextsProvider } from '../../services/web/src/text/texts.ts';
import { TimeList } from '../../services/web/src/ui/time-list.tsx';
import { VisitList } from '../../services/web/src/ui/visit-list.tsx';

const at = '2026-11-24T01:15:00Z';
const video = (link: string | null) => ({
  reference: 'Encounter/video',
  title: 'Distanskontakt via video',
  start: '2026-11-24T09:00:00Z',
  end: null,
  who: [],
  link,
});
const listed = (link: string | null, status = 'in-progress') =>
  render(
    <TextsProvider value={{ texts: sv, at }}>
      <TimeList times={[video(link)]} />
      <VisitList visits={[{ ...video(link), unit: null, status, note: null }]} />
    </TextsProvider>,
  );

test('The link of a video contact is shown with the visit until it is over, named by where it leads', () => {
  const shown = listed('https://video.example.se/rum/7?pin=1');
  expect(shown.match(/href="https:\/\/video\.example\.se\/rum\/7\?pin=1"/g)).toHaveLength(2);
  expect(shown).toContain('Öppna videosamtalet på video.example.se');
  expect(listed('https://video.example.se/rum/7', 'finished').match(/href/g), 'the time alone').toHaveLength(
    1,
  );
});

test.each([
  null,
  'http://video.example.se/',
  'javascript:alert(1)',
  'https://video.example.se@evil.example/',
])('The link %s is not followed', (link) => expect(listed(link)).not.toContain('href'));

test('Only the unit whose part it is may change it, whatever others are called', () => {
  const part = (unitHsaId: string) => ({
    reference: 'CarePlan/part',
    title: 'SIP',
    unit: 'Söder',
    unitHsaId,
  });
  const sip = {
    kind: 'SIP',
    title: 'SIP',
    responsible: [],
    parts: [part('SE1-A')],
  } as unknown as PlanInForce;
  const shown = (unitHsaId: string) => {
    const user = { unit: 'Söder', unitHsaId, organisation: { hsaId: 'SE1' } } as SessionUser;
    return render(<PlanCard plan={sip} user={user} onPart={() => undefined} />);
  };
  expect(shown('SE1-A')).toContain('Ändra er del');
  expect(shown('SE1-B')).not.toContain('Ändra er del');
});
