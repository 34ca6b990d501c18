import { createHash } from 'node:crypto';

const style = `
  :root { color-scheme: light dark; }
  body { display: grid; place-content: center; min-height: 90vh; margin: 0 1.5rem; text-align: center;
    font: 1rem/1.5 system-ui, sans-serif; }
  h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 .5rem; }
  p { margin: 0; opacity: .8; }
`;

const texts = {
  done: ['Return to Visual Studio Code', 'It finishes the sign-in there. You can close this tab.'],
  failed: ['The sign-in was not completed', 'Visual Studio Code says why. You can close this tab.'],
  unknown: ['Nothing to see here', 'This page belongs to a sign-in that is over, or to none at all.'],
} as const;

/** Headers of all pages: nothing is stored, nothing is loaded, nothing is told to the next page. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** The last page of a sign-in in the browser: text and style of its own, no script, nothing of the request. */
export function finishPage(kind: keyof typeof texts): string {
  const [title, text] = texts[kind];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`;
}
