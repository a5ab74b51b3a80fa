import { expect, it } from 'vitest';
import type { WebOptions } from '../../services/web/src/server/index.ts';
import { clientsAlone } from './clients-alone.ts';

async function statement(accessibility: WebOptions['accessibility']): Promise<string> {
  const app = await clientsAlone({ accessibility });
  const { body } = await app.inject('/patient/tillganglighet');
  await app.close();
  return body;
}

const operator = { responsible: 'Falkenbergs kommun', contact: 'mailto:tillganglighet@falkenberg.example' };

// https://www.digg.se/kunskap-och-stod/digital-tillganglighet/skapa-en-tillganglighetsredogorelse
it.each([
  ['who answers for the service', /Falkenbergs kommun ansvarar för Min plan/],
  [
    'how far the law is met, in its own words',
    /Min plan är (helt|delvis|inte) förenlig med lagen om tillgänglighet/,
  ],
  ['what is not accessible, and why', /Fel som vi känner till.*loggas ut.*Det är för att/s],
  ['what is left out as too hard or dear', /svårt eller dyrt/],
  ['how it was tried, and by whom', /Vi har själva prövat sidorna.*Ingen utanför har granskat/s],
  ['when it was assessed and the text written', /senast den \d{1,2} \p{L}+ \d{4}\. Samma dag/u],
  ['how to tell of faults', /href="mailto:tillganglighet@falkenberg\.example"/],
  ['who supervises', /href="https:\/\/www\.digg\.se\/tdosanmalan"/],
])('The accessibility statement says %s', async (_what, said) => {
  expect(await statement(operator)).toMatch(said);
});

it('Nobody is named where the operator has named nobody', async () => {
  const page = await statement({ responsible: null, contact: null });
  expect(page).toContain('Det står inte här vem som ansvarar');
  expect(page).toContain('Säg till den som ger dig vård');
});
