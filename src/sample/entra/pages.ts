import type { SampleReply } from '../net/exchange';

/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root{color-scheme:light dark;--back:#f3f2f1;--card:#fff;--text:#201f1e;--quiet:#605e5c;--line:#c8c6c4;--accent:#0f6cbd;--onAccent:#fff}
@media(prefers-color-scheme:dark){:root{--back:#1b1a19;--card:#292827;--text:#f3f2f1;--quiet:#c8c6c4;--line:#605e5c;--accent:#62abf5;--onAccent:#11100f}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:min(27rem,92vw);background:var(--card);border:1px solid var(--line);border-radius:8px;padding:2rem}
.sample{margin:0 0 1.25rem;padding-bottom:.75rem;border-bottom:1px solid var(--line);color:var(--quiet);font-size:.85rem}
h1{font-size:1.35rem;margin:0 0 .75rem;font-weight:600}dl{margin:0 0 1.5rem;display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere;font-weight:600}label{display:block;margin-bottom:.35rem}
input[type=text]{width:100%;padding:.55rem .7rem;font:inherit;letter-spacing:.08em;color:inherit;background:var(--back);border:1px solid var(--quiet);border-radius:4px}
.buttons{display:flex;gap:.75rem;justify-content:flex-end;margin-top:1.5rem}
button{font:inherit;padding:.5rem 1.4rem;border-radius:4px;border:1px solid var(--quiet);background:transparent;color:inherit;cursor:pointer}
button.main{background:var(--accent);border-color:var(--accent);color:var(--onAccent);order:2}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}.problem{border-left:4px solid #d13438;padding-left:.75rem}
`;

/** A page of the sample tenant: no scripts, no other files, so that it works in any browser and offline. */
export function page(status: number, title: string, content: string): SampleReply {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'referrer-policy': 'no-referrer',
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} - Sample tenant</title><style>${style}</style></head><body><main><p class="sample">Sample tenant &ndash; Contoso (not Microsoft)</p><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`,
  };
}

/** A page with one message. */
export function messagePage(status: number, title: string, text: string): SampleReply {
  const kind = status >= 400 ? ' class="problem" role="alert"' : '';
  return page(status, title, `<p${kind}>${escapeHtml(text)}</p>`);
}

/** Asks for the code that the application shows. */
export function codePage(code: string, problem?: string): SampleReply {
  const note = problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`;
  return page(
    200,
    'Enter code',
    `${note}<form method="get" action="/devicelogin"><label for="code">The code shown by the application</label><input type="text" id="code" name="code" value="${escapeHtml(code)}" autocomplete="off" autocapitalize="characters" spellcheck="false" autofocus required><div class="buttons"><button class="main" type="submit">Next</button></div></form>`,
  );
}

/** Asks whether the account may be used. */
export function confirmPage(options: {
  readonly title: string;
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly application: string;
  readonly account: string;
  readonly asks?: string;
}): SampleReply {
  const hidden = Object.entries(options.hidden)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
  const asks = options.asks === undefined ? '' : `<dt>Wants</dt><dd>${escapeHtml(options.asks)}</dd>`;
  return page(
    200,
    options.title,
    `<dl><dt>Application</dt><dd>${escapeHtml(options.application)}</dd><dt>Account</dt><dd>${escapeHtml(options.account)}</dd>${asks}</dl><form method="post" action="${escapeHtml(options.action)}">${hidden}<div class="buttons"><button class="main" type="submit" name="decision" value="approve" autofocus>Continue</button><button type="submit" name="decision" value="decline">Cancel</button></div></form>`,
  );
}

/** A form that posts itself: how Entra ID answers `response_mode=form_post`. */
export function autoPostPage(target: string, fields: Readonly<Record<string, string>>): SampleReply {
  const inputs = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Working...</title></head><body><form method="POST" name="hiddenform" action="${escapeHtml(target)}">${inputs}<noscript><p>Script is disabled. Click Submit to continue.</p><input type="submit" value="Submit"></noscript></form><script>window.setTimeout('document.forms[0].submit()', 0);</script></body></html>`,
  };
}
