/** What makes the document of one page. All values are escaped here. */
export interface PanelDocument {
  /** Name of the page for screen readers and the document's title. */
  readonly title: string;
  /** BCP 47 tag of VS Code’s display language: numbers and dates follow it, while all words are English. */
  readonly language: string;
  /** Source of our own files, as `vscode.Webview.cspSource` gives it. */
  readonly cspSource: string;
  /** Fresh for every document. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUris: readonly string[];
  /** True while people's names are replaced; the page then says so in its head. */
  readonly namesHidden: boolean;
}

/**
 * The document of a page: nothing loads but our own script and styles, by nonce or from `dist/webview`, and
 * nothing connects anywhere. The loader is part of it, so that a panel is never blank.
 *
 * The nonce is repeated in `<meta property="csp-nonce">`: the component library reads it there for the one
 * `<style>` element that it makes (see `webview/common/controls.ts`).
 */
export function panelHtml(page: PanelDocument): string {
  const nonce = escapeHtml(page.nonce);
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${page.nonce}'`,
    `style-src 'nonce-${page.nonce}' ${page.cspSource}`,
    `font-src ${page.cspSource}`,
    `img-src ${page.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const links = page.styleUris.map(
    (uri) => `<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(uri)}">`,
  );
  return `<!DOCTYPE html>
<html lang="en" data-locale="${escapeHtml(page.language)}"${page.namesHidden ? ' data-names="hidden"' : ''}>
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<title>${escapeHtml(page.title)}</title>
<style nonce="${nonce}">${loaderStyle}</style>
${links.join('\n')}
</head>
<body>
<div id="loader" class="loader" role="status"><span class="loader-ring" aria-hidden="true"></span>Loading ${escapeHtml(page.title)}…</div>
<main id="app" class="loading" aria-label="${escapeHtml(page.title)}"></main>
<script type="module" nonce="${nonce}" src="${escapeHtml(page.scriptUri)}"></script>
</body>
</html>`;
}

const loaderStyle = `
.loader{display:flex;align-items:center;justify-content:center;gap:10px;position:fixed;inset:0;color:var(--vscode-descriptionForeground,inherit)}
main.loading{visibility:hidden}
.loader-ring{width:16px;height:16px;box-sizing:border-box;border-radius:50%;border:2px solid var(--vscode-progressBar-background,#0e70c0);border-top-color:transparent;animation:loader-turn 1s linear infinite}
@keyframes loader-turn{to{transform:rotate(360deg)}}
@media (prefers-reduced-motion:reduce){.loader-ring{animation:none;border-top-color:var(--vscode-progressBar-background,#0e70c0);opacity:.6}}
`;

/** Escapes text for an element or a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
