import { readFile, mkdtemp, rm, copyFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import { panelHtml } from '../../../src/app/panels/panelHtml';

const root = resolve(__dirname, '../../..');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** Serves the built pages under the very document and policy that the panels give them. */
export class WebviewServer {
  private constructor(
    private readonly folder: string,
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** Builds the pages into a temporary folder, as `esbuild.js --production` does, and serves them. */
  static async start(): Promise<WebviewServer> {
    const folder = await mkdtemp(join(tmpdir(), 'm365-webviews-'));
    await build({
      absWorkingDir: root,
      entryPoints: {
        roster: 'webview/roster/main.ts',
        user: 'webview/user/main.ts',
        reconciliation: 'webview/reconciliation/main.ts',
        connection: 'webview/connection/main.ts',
        doctor: 'webview/doctor/main.ts',
        registration: 'webview/registration/main.ts',
        license: 'webview/license/main.ts',
        activity: 'webview/activity/main.ts',
      },
      outdir: folder,
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'esm',
      target: 'chrome120',
      splitting: true,
      logLevel: 'warning',
    });
    for (const file of ['codicon.css', 'codicon.ttf']) {
      await copyFile(require.resolve(`@vscode/codicons/dist/${file}`), join(folder, file));
    }
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const page = /^\/pages\/(\w+)$/.exec(url.pathname)?.[1];
      if (page !== undefined) {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        const namesHidden = url.searchParams.get('names') === 'hidden';
        response.end(document(page, `http://${request.headers.host ?? ''}`, namesHidden));
        return;
      }
      if (url.pathname === '/favicon.ico') {
        response.statusCode = 204;
        response.end();
        return;
      }
      const file = resolve(folder, `.${url.pathname}`);
      readFile(file.startsWith(folder + sep) ? file : '').then(
        (content) => {
          response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
          response.end(content);
        },
        () => {
          response.statusCode = 404;
          response.end();
        },
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return new WebviewServer(folder, server, `http://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    await rm(this.folder, { recursive: true, force: true });
  }
}

const titles: Readonly<Record<string, string>> = {
  roster: 'Users',
  user: 'User',
  reconciliation: 'Reconciliation',
  activity: 'Activity',
  connection: 'Connection',
  doctor: 'Test Connection',
  registration: 'Register Your Own App',
  license: 'License',
};

function document(page: string, origin: string, namesHidden: boolean): string {
  return panelHtml({
    title: titles[page] ?? page,
    language: 'en-US',
    namesHidden,
    cspSource: origin,
    nonce: 'bm9uY2Utb2YtdGhlLXRlc3Q',
    scriptUri: `${origin}/${page}.js`,
    styleUris: [`${origin}/codicon.css`, `${origin}/${page}.css`],
  });
}
