import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

const root = path.resolve(__dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly icon?: string | { readonly light: string; readonly dark: string };
}
interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}
interface Setting {
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly scope?: string;
}
interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon?: string }[]>>;
    readonly viewsContainers: Readonly<
      Record<string, readonly { readonly id: string; readonly icon: string }[]>
    >;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly svg?: string; readonly image?: string };
        readonly completionEvents?: readonly string[];
      }[];
    }[];
  };
}

const manifestText = read('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const nls = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { contributes } = manifest;
const commands = contributes.commands.map(({ command }) => command);

/** All TypeScript of the host. */
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(path.join('src', file)))
  .join('\n');

const missing = (wanted: readonly string[], there: readonly string[]): string[] =>
  wanted.filter((name) => !there.includes(name));

describe('Manifest', () => {
  it('contributes the commands that the code registers, and no others', () => {
    const registered = [...sources.matchAll(/\brunner\.register\(\s*'([^']+)'/g)].map(
      ([, name]) => `m365Licenses.${String(name)}`,
    );
    assert.ok(registered.length > 0);
    assert.deepEqual([...new Set(registered)].sort(), [...registered].sort(), 'registered twice');
    assert.deepEqual([...commands].sort(), registered.sort());
  });

  it('has a command once', () => {
    assert.equal(new Set(commands).size, commands.length);
  });

  it('gives every command of the palette a title and the common category', () => {
    const hidden = (contributes.menus['commandPalette'] ?? [])
      .filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    const shown = contributes.commands.filter(({ command }) => !hidden.includes(command));
    assert.deepEqual(
      shown.filter(({ category, title }) => category !== '%category%' || title === ''),
      [],
    );
  });

  it('uses in menus only commands that it contributes', () => {
    const used = Object.values(contributes.menus)
      .flat()
      .flatMap(({ command }) => command ?? []);
    assert.deepEqual(missing(used, commands), []);
  });

  it('shows in menus only entries that say where', () => {
    for (const [menu, entries] of Object.entries(contributes.menus)) {
      if (menu === 'commandPalette' || !menu.startsWith('view/')) continue;
      for (const { when } of entries) assert.match(when ?? '', /\bview == m365Licenses\.\w+/);
    }
  });

  it('links in its texts only to commands that it contributes', () => {
    const links = Object.values(nls).flatMap((text) =>
      [...text.matchAll(/\(command:([^)?]+)/g)].map(([, command]) => String(command)),
    );
    assert.ok(links.length > 0);
    const own = links.filter((command) => command.startsWith('m365Licenses.') && !command.endsWith('.focus'));
    assert.deepEqual(missing(own, commands), []);
    const completed = contributes.walkthroughs
      .flatMap(({ steps }) => steps)
      .flatMap(({ completionEvents = [] }) => completionEvents)
      .filter((event) => event.startsWith('onCommand:'))
      .map((event) => event.slice('onCommand:'.length));
    assert.deepEqual(missing(completed, commands), []);
  });

  it('finds every text key, and has none to spare', () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => String(key));
    assert.deepEqual([...new Set(used)].sort(), Object.keys(nls).sort());
    assert.deepEqual(
      Object.entries(nls).filter(([, text]) => text.trim() === ''),
      [],
    );
  });

  it('has every picture that it names', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const files = [
      manifest.icon,
      ...Object.values(contributes.viewsContainers).flatMap((list) => list.map(({ icon }) => icon)),
      ...Object.values(contributes.views).flatMap((list) => list.flatMap(({ icon }) => icon ?? [])),
      ...contributes.commands.flatMap(({ icon }) =>
        typeof icon === 'object' ? [icon.light, icon.dark] : [],
      ),
      ...steps.flatMap(({ media }) => media.svg ?? media.image ?? []),
    ].filter((file) => !file.startsWith('$('));
    assert.deepEqual(
      files.filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('uses only icons that VS Code has', () => {
    const style = read('node_modules/@vscode/codicons/dist/codicon.css');
    const known = [...style.matchAll(/\.codicon-([\w-]+):before/g)].map(([, name]) => String(name));
    const used = contributes.commands.flatMap(({ icon }) =>
      typeof icon === 'string' ? (/^\$\(([\w-]+)\)$/.exec(icon)?.[1] ?? icon) : [],
    );
    assert.deepEqual(missing(used, known), []);
  });

  it('describes every setting and gives it a default and a scope', () => {
    const settings = Object.entries(contributes.configuration.properties);
    assert.ok(settings.length > 0);
    for (const [name, setting] of settings) {
      assert.match(name, /^m365Licenses\./);
      assert.ok(setting.description ?? setting.markdownDescription, `${name} has no description`);
      assert.notEqual(setting.default, undefined, `${name} has no default`);
      assert.ok(setting.scope, `${name} has no scope`);
    }
  });

  it('has welcome texts for views that exist', () => {
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    assert.deepEqual(
      missing(
        contributes.viewsWelcome.map(({ view }) => view),
        views,
      ),
      [],
    );
    const containers = Object.values(contributes.viewsContainers).flatMap((list) => list.map(({ id }) => id));
    assert.deepEqual(missing(Object.keys(contributes.views), containers), []);
  });

  it('asks in its menus for words that the tree gives', () => {
    const asked = Object.values(contributes.menus)
      .flat()
      .flatMap(({ when = '' }) => [...when.matchAll(/\\b(\w+)=(\w+)\\b/g)])
      .map(([, key, value]) => [String(key), String(value)] as const);
    assert.ok(asked.length > 0);
    const items = ['treeItems', 'licenseItems'].map((name) => read(`src/app/tree/${name}.ts`)).join('\n');
    for (const [key, value] of asked) {
      // A boolean word is given by its key alone.
      const given =
        value === 'true' || value === 'false'
          ? new RegExp(`contextValue\\(\\{[^}]*\\b${key}\\b`)
          : new RegExp(`contextValue\\(\\{[^}]*\\b${key}: '${value}'`);
      assert.match(items, given, `${key}=${value}`);
    }
  });

  it('offers commands about data where there may be some, by keys that the code sets', () => {
    const palette = contributes.menus['commandPalette'] ?? [];
    const needData = palette.filter(({ when }) => when === 'm365Licenses.hasData != no');
    for (const name of ['editLicense', 'editPurchase', 'importPriceBook', 'openActivity', 'filterTree']) {
      assert.ok(
        needData.some(({ command }) => command === `m365Licenses.${name}`),
        name,
      );
    }
    const keys = palette.map(({ when = '' }) => /^m365Licenses\.\w+/.exec(when)?.[0] ?? when);
    assert.deepEqual(
      keys.filter((key) => !sources.includes(`= '${key}';`)),
      [],
    );
  });

  it('is started for every panel that a reload restores', () => {
    const panels = [...sources.matchAll(/registerSerializer\(\s*viewTypes\.(\w+)/g)].map(
      ([, name]) => `m365Licenses.${String(name)}`,
    );
    assert.ok(panels.length > 0);
    assert.deepEqual(
      panels.filter((id) => !manifest.activationEvents.includes(`onWebviewPanel:${id}`)),
      [],
    );
  });
});
