import { expect, it } from 'vitest';
import { escapeText, html, trusted } from './markup.ts';

it.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`" onload='x' &amp;`, '&quot; onload=&#39;x&#39; &amp;amp;'],
  ['a\u0000b\u0085c', 'a\uFFFDb\uFFFDc'],
  // an override that would turn the text after it round
  ['\u202Etxt.exe', '\uFFFDtxt.exe'],
  ['tab\tline\n', 'tab\tline\n'],
  ['مرحبا', 'مرحبا'],
])('%j becomes %j', (text, escaped) => {
  expect(escapeText(text)).toBe(escaped);
});

it('escapes what is put in, markup aside, and leaves nothing for null', () => {
  const { markup } = html`<p title="${'"'}">${['<b>', html`<i>${'&'}</i>`, 3, null, trusted('<hr>')]}</p>`;
  expect(markup).toBe('<p title="&quot;">&lt;b&gt;<i>&amp;</i>3<hr></p>');
});
