import { describe, expect, it } from 'vitest';
import { narrativeFault } from '../../libs/fhir/src/validate/narrative.ts';

const div = (inside: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`;

describe('a narrative may have', () => {
  it.each([
    ['text', div('Elsa Berg')],
    ['formatting', div('<h1 class="a">Plan</h1><p style="color: red; font-weight:bold"><b>SIP</b><br/></p>')],
    [
      'tables',
      div(
        '<table border="1"><thead><tr><th scope="col">x</th></tr></thead><tbody><tr><td colspan="2">y</td></tr></tbody></table>',
      ),
    ],
    [
      'lists',
      div('<ul><li>ett</li></ul><ol type="a"><li value="2">två</li></ol><dl><dt>a</dt><dd>b</dd></dl>'),
    ],
    [
      'links out, within and to mail',
      div(
        '<a href="https://a.example/?a=b&amp;c=d">a</a><a href="#x">b</a><a name="x" href="mailto:a@b.se">c</a><a href="Patient/1">d</a><a href="tel:+4635131000">e</a>',
      ),
    ],
    ['an image alone', div('<img src="#pic" alt="x"/>')],
    ['an inline bitmap', div('<img src="data:image/png;base64,YWJj" alt="x"/>')],
    ['entities of HTML and characters by number', div('a&nbsp;b &aring;&#229;&#xE5; &lt;3 &amp; &apos;')],
    ['comments', div('<!-- written by hand --><p>x</p>')],
    ['attributes in apostrophes', div("<p class='a'>x</p>")],
    ['white space around it', `\n  ${div('x')}\n`],
    ['a language', `<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="sv" lang="sv">x</div>`],
  ])('%s', (_what, source) => {
    expect(narrativeFault(source)).toBeUndefined();
  });
});

describe('a narrative is refused with', () => {
  it.each([
    ['a script', div('<script>alert(1)</script>')],
    ['a script in capitals', div('<SCRIPT>alert(1)</SCRIPT>')],
    [
      'a script of another namespace',
      div('<svg:script xmlns:svg="http://www.w3.org/2000/svg">x</svg:script>'),
    ],
    ['svg', div('<svg onload="x()">x</svg>')],
    ['math', div('<math><maction>x</maction></math>')],
    ['a style element', div('<style>p {}</style>x')],
    ['a frame', div('<iframe src="https://a.example"/>')],
    ['an object', div('<object data="x">x</object>')],
    ['an embedded object', div('<embed src="x"/>')],
    ['a form', div('<form action="https://a.example"><input name="pin"/></form>')],
    ['a link element', div('<link rel="stylesheet" href="https://a.example"/>x')],
    ['a base address', div('<base href="https://a.example"/>x')],
    ['a meta refresh', div('<meta http-equiv="refresh" content="0"/>x')],
    ['video', div('<video src="x">x</video>')],
    ['an event handler', div('<p onclick="x()">x</p>')],
    ['an event handler in capitals', div('<p ONCLICK="x()">x</p>')],
    ['an event handler on the div', '<div xmlns="http://www.w3.org/1999/xhtml" onmouseover="x()">x</div>'],
    ['a javascript address', div('<a href="javascript:x()">x</a>')],
    ['a javascript address in capitals', div('<a href="JaVaScRiPt:x()">x</a>')],
    ['a javascript address by character references', div('<a href="&#106;avascript&#58;x()">x</a>')],
    ['a javascript address with a tab in it', div('<a href="java&#9;script:x()">x</a>')],
    ['a javascript address with a line break in it', div('<a href="java\nscript:x()">x</a>')],
    ['a javascript address after a control character', div('<a href="&#32;javascript:x()">x</a>')],
    ['a vbscript address', div('<a href="vbscript:x">x</a>')],
    ['a data address in a link', div('<a href="data:text/html,x">x</a>')],
    ['a data address of svg in an image', div('<img src="data:image/svg+xml,x" alt="x"/>')],
    ['a javascript image', div('<img src="javascript:x()" alt="x"/>')],
    ['a javascript citation', div('<blockquote cite="javascript:x()">x</blockquote>')],
    ['an address in a style', div('<p style="background: url(https://a.example)">x</p>')],
    ['an expression in a style', div('<p style="width: expression(x())">x</p>')],
    ['a hidden expression in a style', div('<p style="width: e/**/xpression(x())">x</p>')],
    ['an escaped style', div('<p style="background: u\\72l(x)">x</p>')],
    ['an encoded style', div('<p style="background: &#117;rl(x)">x</p>')],
    ['a binding in a style', div('<p style="-moz-binding: x">x</p>')],
    ['an unknown attribute', div('<p data-x="y">x</p>')],
    ['an attribute of another element', div('<p href="https://a.example">x</p>')],
    ['a repeated attribute', div('<p class="a" class="b">x</p>')],
    ['an attribute without quotes', div('<p class=a>x</p>')],
    ['an attribute without value', div('<td nowrap>x</td>')],
    ['a document type', `<!DOCTYPE html>${div('x')}`],
    ['an entity of its own', `<!DOCTYPE div [<!ENTITY x "y">]>${div('&x;')}`],
    ['an unknown entity', div('&x;')],
    ['an entity without end', div('a & b')],
    ['a character that XML does not have', div('&#0;')],
    ['a character beyond Unicode', div('&#x110000;')],
    ['CDATA', div('<![CDATA[<script>]]>')],
    ['the end of CDATA', div('x ]]> y')],
    ['a processing instruction', div('<?php x ?>')],
    ['a conditional comment', div('<!--[if IE]>x<![endif]-->')],
    ['a comment that does not end', div('<!-- x')],
    ['two hyphens in a comment', div('<!-- a -- b -->x')],
    ['no namespace', '<div>x</div>'],
    ['another namespace', '<div xmlns="http://www.w3.org/2000/svg">x</div>'],
    ['another namespace inside', div('<div xmlns="http://www.w3.org/2000/svg">x</div>')],
    ['another root', '<p xmlns="http://www.w3.org/1999/xhtml">x</p>'],
    ['no root', 'Elsa Berg'],
    ['text after it', `${div('x')} y`],
    ['a second div', div('x') + div('y')],
    ['nothing', ''],
    ['an empty div', div('')],
    ['a div of white space', div(' \n ')],
    ['a div of nothing but elements', div('<p></p><br/>')],
    ['an element that is not closed', div('<p>x')],
    ['a div that is not closed', '<div xmlns="http://www.w3.org/1999/xhtml">x'],
    ['tags that cross', div('<b><i>x</b></i>')],
    ['a closing tag too many', div('x</p>')],
    ['a tag that is cut off', div('x<p')],
    ['a less-than sign', div('1 < 2')],
    ['elements without end', div('<b>'.repeat(50_000))],
  ])('%s', (_what, source) => {
    expect(narrativeFault(source)).toEqual(expect.any(String));
  });

  it('an answer in time, however long it is', () => {
    const start = performance.now();
    const long = 200_000;
    for (const inside of [
      '&#9;'.repeat(long),
      '<!--'.repeat(long),
      '<p '.repeat(long),
      `<p ${' '.repeat(long)}`,
      '&'.repeat(long),
    ]) {
      narrativeFault(div(inside));
      narrativeFault(div(`<p style="${inside.replaceAll('<', '')}">x</p>`));
      narrativeFault(div(`<a href="${inside.replaceAll('<', '')}">x</a>`));
    }
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
