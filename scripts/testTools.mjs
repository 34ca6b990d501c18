// Programs that tests compare with or run against: another reader of SQLite files, a real proxy, a maker of certificates.
import { existsSync } from 'node:fs';
import { canInstallPackages, installPackages, onPath } from './chromium.mjs';

/** @type {readonly { program: string, package: string, why: string, alsoAt?: string }[]} */
const tools = [
  { program: 'sqlite3', package: 'sqlite3', why: 'the data file is checked by another program than ours' },
  { program: 'openssl', package: 'openssl', why: 'client certificates are made by it' },
  {
    program: 'squid',
    package: 'squid',
    why: 'connections with a proxy are tested against it',
    alsoAt: '/usr/sbin/squid',
  },
];

/** Installs what is missing where that is possible; says what is missing otherwise, and the tests that need it fail. */
export function provideTestTools() {
  const missing = tools.filter(
    ({ program, alsoAt }) => onPath(program) === undefined && !(alsoAt !== undefined && existsSync(alsoAt)),
  );
  if (missing.length === 0) return;
  if (canInstallPackages()) {
    installPackages(missing.map((tool) => tool.package));
    return;
  }
  for (const { program, why } of missing) {
    console.warn(`“${program}” is missing (${why}). Install it; until then tests that need it fail.`);
  }
}
