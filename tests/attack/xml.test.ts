import { createTestApp, type TestApp } from '@naravard/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let fhir: TestApp;
beforeAll(async () => {
  fhir = await createTestApp();
});
afterAll(() => fhir.close());

const type = 'application/fhir+xml';
const create = (body: string, contentType = type) =>
  fhir.ask('POST', '/Patient', { body, type: contentType });
const patient = (content: string) => `<Patient xmlns="http://hl7.org/fhir">${content}</Patient>`;
const narrative = (content: string) =>
  patient(
    `<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">${content}</div></text>`,
  );

async function refused(status: number, body: string, contentType?: string): Promise<string> {
  const started = performance.now();
  const answer = await create(body, contentType);
  expect([answer.status, answer.json?.resourceType], answer.text.slice(0, 300)).toEqual([
    status,
    'OperationOutcome',
  ]);
  expect(performance.now() - started).toBeLessThan(2_000);
  return answer.json.issue[0].diagnostics;
}

describe('attack 65: entities', () => {
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join(
    '',
  );

  test.each([
    ['that grow', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${patient('<id value="&l9;"/>')}`],
    ['of a file', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${patient('<id value="&e;"/>')}`],
    ['of another server', `<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">${patient('')}`],
    ['of parameters', `<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>${patient('')}`],
    ['without a document type', patient('<id value="&e;"/>')],
    ['of HTML', narrative('a&nbsp;b')],
    ['that are no characters', patient('<id value="&#0;"/>')],
    ['that are half a character', patient('<id value="&#xD800;"/>')],
  ])('%s are refused', async (_what, body) => {
    expect(await refused(400, body)).toMatch(/DOCTYPE|well-formed/);
  });
});

describe('what is not the XML of FHIR is refused', () => {
  test.each([
    ['processing instructions', `<?xml-stylesheet href="x.xsl"?>${patient('')}`, 'processing instruction'],
    ['XML 1.1', `<?xml version="1.1"?>${patient('')}`, 'XML 1.0'],
    ['a broken tag', '<Patient xmlns="http://hl7.org/fhir"><active value="true"></Patient>', 'well-formed'],
    ['two roots', patient('') + patient(''), 'well-formed'],
    ['an attribute twice', patient('<id value="a" value="b"/>'), 'well-formed'],
    ['an unbound prefix', patient('<x:id value="a"/>'), 'well-formed'],
    ['control characters', patient('<name><text value="&#1;"/></name>'), 'well-formed'],
    ['NUL', patient('<name><text value="\0"/></name>'), 'well-formed'],
    ['text that breaks off', '<Patient xmlns="http://hl7.org/fhir">', 'well-formed'],
    ['nothing but space', ' \n', 'well-formed'],
    ['JSON', '{"resourceType":"Patient"}', 'well-formed'],
    [
      'XInclude',
      patient('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
      'include',
    ],
    ['another namespace', '<Patient xmlns="urn:x"/>', 'namespace'],
    ['XHTML as FHIR', patient('<name xmlns="http://www.w3.org/1999/xhtml"/>'), 'namespace'],
    ['FHIR within XHTML', narrative('<name xmlns="http://hl7.org/fhir"/>'), 'namespace'],
    ['SVG within XHTML', narrative('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'namespace'],
  ])('%s', async (_what, body, why) => {
    expect(await refused(400, body)).toContain(why);
  });

  test('another encoding, declared or sent', async () => {
    await refused(415, `<?xml version="1.0" encoding="ISO-8859-1"?>${patient('')}`);
    await refused(415, `<?xml version="1.0" encoding="UTF-16"?>${patient('')}`);
    await refused(415, patient(''), `${type}; charset=iso-8859-1`);
    await refused(400, Buffer.from(patient(''), 'utf16le').toString('latin1'));
  });

  test('errors do not repeat what was sent', async () => {
    for (const body of [
      patient('<i194103149805/>'),
      patient('<id value="x" i194103149805="x"/>'),
      '<a194103149805></b>',
      patient('&i194103149805;'),
      patient('194103149805'),
    ]) {
      expect((await create(body)).text).not.toContain('1941');
    }
  });
});

describe('what costs is bounded', () => {
  test('nesting, of FHIR and of XHTML', async () => {
    const extension = '<extension url="a">'.repeat(100_000);
    expect(await refused(400, patient(extension))).toContain('nests');
    expect(await refused(400, narrative('<b>'.repeat(100_000)))).toContain('nests');
  });

  test('attributes, in number and in length', async () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `a${at}="x"`).join(' ');
    expect(await refused(400, patient(`<id ${many}/>`))).toContain('attributes');
    await refused(400, patient(`<name><text value="${'x'.repeat(2 * 1024 * 1024)}"/></name>`));
    await refused(413, patient(`<name><text value="${'x'.repeat(9 * 1024 * 1024)}"/></name>`));
  });

  test('declarations of namespaces', async () => {
    const many = Array.from({ length: 50_000 }, (_, at) => `xmlns:a${at}="urn:x"`).join(' ');
    expect(await refused(400, `<Patient xmlns="http://hl7.org/fhir" ${many}/>`)).toContain('attributes');
  });
});

describe('markup stays text', () => {
  const texts = ['<script>alert(1)</script>', '"/><script/>', ']]>', '&lt;script&gt;', '<!--', '<?x?>'];

  test.each(texts)('%j in a value comes back as it was, escaped', async (family) => {
    const body = { resourceType: 'Patient', name: [{ family }] };
    const { json } = await fhir.ask('POST', '/Patient', { body });
    const { text } = await fhir.ask('GET', `/Patient/${json.id}?_format=xml`);
    expect(text).not.toMatch(/<script|<!--|<\?x\?/);
    const again = await fhir.ask('PUT', `/Patient/${json.id}`, { body: text, type });
    expect([again.status, again.json.name[0].family]).toEqual([200, family]);
  });

  test.each([
    '<script>x</script>',
    '<p onclick="x">x</p>',
    '<a href="javascript:x">x</a>',
    '<iframe src="x"/>',
  ])('what runs in a narrative is refused: %s', async (content) => {
    await refused(400, narrative(content));
  });

  test('an answer cannot run as a page', async () => {
    const { headers } = await fhir.ask('GET', '/metadata?_format=xml', { as: null });
    expect([headers['content-security-policy'], headers['x-content-type-options']]).toEqual([
      expect.stringContaining("default-src 'none'"),
      'nosniff',
    ]);
  });
});
