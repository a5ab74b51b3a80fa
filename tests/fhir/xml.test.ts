import { describe, expect, test } from 'vitest';
import { patient, refusalOf, sorted, xml } from './xml-source.ts';

const back = (resource: object): unknown => JSON.parse(xml.read(xml.write(JSON.stringify(resource)) ?? ''));
const same = (resource: object): void => expect(back(resource)).toEqual(resource);

describe('FHIR in XML has the form that R4 gives it', () => {
  test('elements in R4’s order, values as attributes, id and url as attributes of elements', () => {
    const resource = {
      birthDate: '1941-03-14',
      resourceType: 'Patient',
      name: [{ family: 'Testberg', id: 'n1', given: ['Astrid', 'Åsa'] }],
      extension: [{ valueInteger: 3, url: 'http://example.org/x' }],
      id: 'p1',
      deceasedBoolean: false,
    };
    expect(xml.write(JSON.stringify(resource))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Patient xmlns="http://hl7.org/fhir"><id value="p1"/>' +
        '<extension url="http://example.org/x"><valueInteger value="3"/></extension>' +
        '<name id="n1"><family value="Testberg"/><given value="Astrid"/><given value="Åsa"/></name>' +
        '<birthDate value="1941-03-14"/><deceasedBoolean value="false"/></Patient>',
    );
    same(resource);
  });

  test('resources within resources', () => {
    const organization = { resourceType: 'Organization', id: 'o', name: 'V' };
    same({ resourceType: 'Patient', contained: [organization, { resourceType: 'Basic', id: 'b' }] });
    same({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: organization }] });
    const part = { name: 'p', part: [{ name: 'q', resource: organization }] };
    same({ resourceType: 'Parameters', parameter: [part, { name: 'r', valueCode: 'x' }] });
  });

  test('ids and extensions of primitives, also in lists and where there is no value', () => {
    const extension = [{ url: 'http://example.org/x', valueString: 'y' }];
    same({
      resourceType: 'Patient',
      _active: { extension },
      birthDate: '1941',
      _birthDate: { id: 'b', extension },
      name: [
        { given: ['A', null, 'C'], _given: [null, { extension }, null] },
        { given: ['A', 'B'], _given: [{ id: 'a' }, null] },
      ],
    });
  });

  test('pretty, it says the same', () => {
    const resource = {
      resourceType: 'Patient',
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a\n  <b>c</b></div>' },
      name: [{ given: ['A'] }],
    };
    const pretty = xml.write(JSON.stringify(resource), true) ?? '';
    expect(pretty).toContain('\n  <name>\n    <given value="A"/>\n  </name>\n</Patient>');
    expect(JSON.parse(xml.read(pretty))).toEqual(resource);
  });
});

describe('nothing is lost', () => {
  test.each(['1.50', '-0.00', '1e3', '1E-7', '0.10000000000000000000000001', '12345678901234567890.5'])(
    'of the digits of %s',
    (value) => {
      const text = `{"resourceType":"Observation","valueQuantity":{"value":${value}}}`;
      const written = xml.write(text) ?? '';
      expect(written).toContain(`<value value="${value}"/>`);
      expect(xml.read(written)).toBe(text);
    },
  );

  test.each([
    '&<>"\'',
    ' two  spaces ',
    'a\nb\r\nc\td\r',
    '😀 Åsa \u2028 \u0085 \u00a0',
    ']]> <!-- -->',
    '&amp; &#10;',
  ])('of the text %j', (text) => same({ resourceType: 'Patient', name: [{ text }] }));

  test.each([
    '<div xmlns="http://www.w3.org/1999/xhtml">x</div>',
    '<div  xmlns=\'http://www.w3.org/1999/xhtml\'\r\n class="a&#9;b" >a &amp; b &lt; \t\r\n <br/><br /> &#229;å😀<!-- <i> --></div>',
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>a</p> <img alt="" src="#x"/>&quot;&apos;&gt;</div>',
  ])('of the narrative %j', (div) =>
    same({ resourceType: 'Patient', text: { status: 'generated', div }, active: true }),
  );

  test('but the names of HTML’s entities, which XML does not know, and their characters stay', () => {
    const div =
      '<div xmlns="http://www.w3.org/1999/xhtml" title="&Aring;">a&nbsp;b&mdash;&hearts;&#8364;<!--&nbsp;--></div>';
    const expected =
      '<div xmlns="http://www.w3.org/1999/xhtml" title="&#197;">a&#160;b&#8212;&#9829;&#8364;<!--&nbsp;--></div>';
    expect(back({ resourceType: 'Basic', text: { status: 'generated', div } })).toEqual({
      resourceType: 'Basic',
      text: { status: 'generated', div: expected },
    });
  });
});

describe('what XML cannot say is not written', () => {
  test.each([
    ['a character that XML does not have', { resourceType: 'Patient', name: [{ text: 'a\ufffe' }] }],
    ['half a character', { resourceType: 'Patient', name: [{ text: '\ud800' }] }],
    ['a control character', { resourceType: 'Patient', name: [{ text: '\u0001' }] }],
    ['a member that R4 does not have', { resourceType: 'Patient', age: 9 }],
    ['a type that R4 does not have', { resourceType: 'Person2' }],
    ['a value of another type', { resourceType: 'Patient', active: 'true' }],
    ['a list where there is one', { resourceType: 'Patient', birthDate: ['1941'] }],
    [
      'a narrative that is none',
      { resourceType: 'Patient', text: { div: '<div xmlns="http://www.w3.org/1999/xhtml">' } },
    ],
    [
      'a narrative that runs',
      {
        resourceType: 'Patient',
        text: { div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>' },
      },
    ],
  ])('%s', (_what, resource) => expect(xml.write(JSON.stringify(resource))).toBeUndefined());
});

describe('XML of others is read', () => {
  test('with prefixes, comments, white space, CDATA in a narrative and a schema location', () => {
    const text =
      '\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<!-- by hand --><f:Patient xmlns:f="http://hl7.org/fhir" ' +
      'xmlns="http://www.w3.org/1999/xhtml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b">\n' +
      '<f:text><f:status value="generated"/><div>a<![CDATA[<b> & c]]></div></f:text>\n' +
      "<f:name><!-- x --><f:given value='A&#10;&#x26;\n'/></f:name></f:Patient>\n";
    expect(JSON.parse(xml.read(text))).toEqual({
      resourceType: 'Patient',
      text: {
        status: 'generated',
        div: '<div xmlns="http://www.w3.org/1999/xhtml">a&lt;b&gt; &amp; c</div>',
      },
      name: [{ given: ['A\n& '] }],
    });
  });

  test('a root without content is a resource without content', () => {
    expect(sorted(xml.read(patient('')))).toBe('{"resourceType":"Patient"}');
  });
});

describe('what is wrong is named', () => {
  test.each([
    ['<age value="9"/>', 'Patient', 'age is no element'],
    ['<id id="x" value="x" other="y"/>', 'Patient.id', 'other is no attribute'],
    ['<name use="official"/>', 'Patient.name[0]', 'use is no attribute'],
    ['<name/>', 'Patient.name[0]', 'empty'],
    ['<active/>', 'Patient.active', 'neither value nor extension'],
    ['<active>true</active>', 'Patient.active', 'the attribute value'],
    ['<active value="1"/>', 'Patient.active', 'true or false'],
    ['<multipleBirthInteger value="+1"/>', 'Patient.multipleBirthInteger', 'not a number'],
    ['<multipleBirthInteger value=" 1"/>', 'Patient.multipleBirthInteger', 'not a number'],
    ['<gender value="male"/><active value="true"/>', 'Patient', 'active comes after gender'],
    ['<active value="true"/><active value="true"/>', 'Patient', 'occurs twice'],
    ['<deceasedBoolean value="true"/><deceasedDateTime value="2026"/>', 'Patient', 'occurs twice'],
    ['<name><given value="A"/></name><name><x/></name>', 'Patient.name[1]', 'x is no element'],
    ['<contained/>', 'Patient.contained[0]', 'no resource'],
    ['<contained><age value="1"/></contained>', 'Patient.contained[0]', 'age is no resource'],
    ['<contained><Basic/><Basic/></contained>', 'Patient.contained[0]', 'more than one'],
    ['<contained><Basic><x/></Basic></contained>', 'Patient.contained[0]', 'x is no element'],
    ['<active xmlns="urn:other" value="true"/>', 'Patient', 'namespace'],
    ['<active xmlns="" value="true"/>', 'Patient', 'namespace'],
    ['<text><status value="generated"/><div>x</div></text>', 'Patient.text', 'namespace of XHTML'],
    [
      '<text><status value="generated"/><h:div xmlns:h="http://www.w3.org/1999/xhtml">x</h:div></text>',
      'Patient.text',
      'namespace of XHTML',
    ],
    [
      '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
      'Patient',
      'include is no element',
    ],
    ['<_active value="true"/>', 'Patient', '_active is no element'],
    ['<resourceType value="Basic"/>', 'Patient', 'resourceType is no element'],
    ['<__proto__ value="x"/>', 'Patient', '__proto__ is no element'],
    ['<i19410314-9805/>', 'Patient', 'what it holds is no element'],
  ])('%s', (content, expression, diagnostics) => {
    expect(refusalOf(patient(content))).toEqual([
      'invalid',
      expression,
      expect.stringContaining(diagnostics),
    ]);
  });

  test('also of the root', () => {
    expect(refusalOf('<Patient/>')[2]).toContain('namespace http://hl7.org/fhir');
    expect(refusalOf('<Patient xmlns="http://hl7.org/fhir/"/>')[0]).toBe('invalid');
    expect(refusalOf('<html xmlns="http://www.w3.org/1999/xhtml"/>')[0]).toBe('invalid');
    expect(refusalOf(patient('', ' id="x"'))[2]).toContain('id is no attribute');
  });
});
