import assert from 'node:assert/strict';
import { escapeHtml, panelHtml, type PanelDocument } from '../../../../src/app/panels/panelHtml';

const page: PanelDocument = {
  title: 'Users "<script>alert(1)</script>',
  language: 'en-US"><img src=x>',
  cspSource: 'https://*.vscode-cdn.net',
  nonce: 'abc-_123',
  scriptUri: 'https://file%2B.vscode-resource.vscode-cdn.net/dist/webview/roster.js',
  styleUris: ['https://x/codicon.css', 'https://x/roster.css'],
  namesHidden: false,
};
const html = panelHtml(page);

/** The policy as the browser reads it, directive by directive. */
function policy(): Map<string, string> {
  const content = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  const text = content.replace(/&#39;/g, "'");
  return new Map(
    text.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    }),
  );
}

describe('document of a panel', () => {
  it('allows nothing but our script and styles', () => {
    assert.deepEqual(
      policy(),
      new Map([
        ['default-src', "'none'"],
        ['script-src', "'nonce-abc-_123'"],
        ['style-src', "'nonce-abc-_123' https://*.vscode-cdn.net"],
        ['font-src', 'https://*.vscode-cdn.net'],
        ['img-src', 'https://*.vscode-cdn.net'],
        ['base-uri', "'none'"],
        ['form-action', "'none'"],
      ]),
    );
    assert.doesNotMatch(html, /unsafe/);
  });

  it('gives every script and style the nonce, and has no inline handlers or style attributes', () => {
    for (const [tag] of html.matchAll(/<(script|style|link)\b[^>]*>/g)) assert.match(tag, /nonce="abc-_123"/);
    assert.doesNotMatch(html, /\son\w+=|\sstyle=/);
    assert.equal([...html.matchAll(/<script/g)].length, 1);
  });

  it('escapes what it is given', () => {
    assert.doesNotMatch(html, /<script>alert|<img/);
    assert.equal(
      escapeHtml(`<a href="x">'&'</a>`),
      '&#60;a href=&#34;x&#34;&#62;&#39;&#38;&#39;&#60;/a&#62;',
    );
  });

  it('tells the page when names are hidden', () => {
    assert.doesNotMatch(html, /data-names/);
    assert.match(panelHtml({ ...page, namesHidden: true }), /<html [^>]*data-names="hidden">/);
  });

  it('is never blank: it says that it loads, in words, and stands still for those who want that', () => {
    assert.match(html, /role="status"/);
    assert.match(html, /prefers-reduced-motion/);
  });
});
