import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { createServerCertificate } from '../../src/sample/net/certificates';

/** Options of {@link startProxy}. */
export interface ProxyOptions {
  /** Names that the proxy, and nobody else, resolves: to 127.0.0.1. */
  readonly hostNames?: readonly string[];
  /** Who may use it; everybody when absent. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

/** One line of the proxy's access log. A tunnel is logged when it ends. */
export interface ProxyLogEntry {
  readonly method: string;
  /** `host:port` of a CONNECT. */
  readonly target: string;
  readonly status: number;
  /** Null when nobody had to say who they are. */
  readonly username: string | null;
}

/** A running squid. */
export interface RunningProxy {
  /** `127.0.0.1:port`. */
  readonly place: string;
  /** `127.0.0.1:port` of its port with TLS. */
  readonly securePlace: string;
  /** PEM text of the authority of that port's certificate. */
  readonly ca: string;
  /** The address that its connections come from; nothing else on this machine uses it. */
  readonly outgoingAddress: string;
  /** What it has logged so far. */
  log(): readonly ProxyLogEntry[];
  /** What it has logged once there are so many lines, or enough of the right ones, or after some seconds. */
  logOf(enough: number | ((entries: readonly ProxyLogEntry[]) => boolean)): Promise<readonly ProxyLogEntry[]>;
  stop(): Promise<void>;
}

const outgoingAddress = '127.0.0.2';
const program = '/usr/sbin/squid';
const passwordHelper = '/usr/lib/squid/basic_ncsa_auth';

/** Starts squid on free ports, with its files in a temporary folder. Fails where squid is not installed. */
export async function startProxy(options: ProxyOptions = {}): Promise<RunningProxy> {
  for (const file of [program, passwordHelper]) {
    if (!fs.existsSync(file)) {
      throw new Error(
        `The proxy tests need squid, and ${file} is missing. Install Debian’s package “squid”.`,
      );
    }
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'squid-'));
  // Started as root it works as another user, who must be able to write its logs.
  fs.chmodSync(folder, 0o777);
  const [port, securePort] = [await freePort(), await freePort()];
  const certificate = createServerCertificate();
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    fs.chmodSync(file, 0o644);
    return file;
  };
  const hosts = (options.hostNames ?? []).map((name) => `127.0.0.1 ${name}\n`).join('');
  const accessLog = path.join(folder, 'access.log');
  const configuration = write(
    'squid.conf',
    [
      `http_port 127.0.0.1:${port}`,
      `https_port 127.0.0.1:${securePort} tls-cert=${write('proxy.crt', certificate.certificate)} tls-key=${write('proxy.key', certificate.key)}`,
      `hosts_file ${write('hosts', `127.0.0.1 localhost\n${hosts}`)}`,
      `tcp_outgoing_address ${outgoingAddress}`,
      'dns_v4_first on',
      `pid_filename ${path.join(folder, 'squid.pid')}`,
      'logformat facts %rm %ru %>Hs %un',
      `access_log stdio:${accessLog} facts`,
      'buffered_logs off',
      `cache_log ${path.join(folder, 'cache.log')}`,
      `coredump_dir ${folder}`,
      'cache deny all',
      'cache_mem 1 MB',
      'max_filedescriptors 1024',
      'pinger_enable off',
      'netdb_filename none',
      'visible_hostname proxy.example',
      'shutdown_lifetime 0 seconds',
      'acl tunnel method CONNECT',
      'http_access deny !tunnel',
      ...accessRules(options.credentials, write),
      '',
    ].join('\n'),
  );
  const process = spawn(program, ['-N', '-f', configuration], { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await ended(process);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await listening(process, port);
    await listening(process, securePort);
  } catch (error) {
    const log = path.join(folder, 'cache.log');
    const why = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : String(error);
    await stop();
    throw new Error(`squid did not start: ${why}`);
  }
  const log = (): readonly ProxyLogEntry[] => readLog(accessLog);
  return {
    place: `127.0.0.1:${port}`,
    securePlace: `127.0.0.1:${securePort}`,
    ca: certificate.caCertificate,
    outgoingAddress,
    log,
    logOf: async (enough) => {
      const isEnough = typeof enough === 'number' ? () => log().length >= enough : () => enough(log());
      for (let tries = 0; tries < 200 && !isEnough(); tries++) await pause();
      return log();
    },
    stop,
  };
}

function accessRules(
  credentials: ProxyOptions['credentials'],
  write: (name: string, text: string) => string,
): readonly string[] {
  if (!credentials) return ['http_access allow all'];
  const { username, password } = credentials;
  const hash = execFileSync('openssl', ['passwd', '-apr1', '-stdin'], { input: password, encoding: 'utf8' });
  return [
    `auth_param basic program ${passwordHelper} ${write('users', `${username}:${hash}`)}`,
    'auth_param basic children 1',
    'auth_param basic realm The proxy, of the tests',
    'acl known proxy_auth REQUIRED',
    'http_access allow known',
    'http_access deny all',
  ];
}

function readLog(file: string): readonly ProxyLogEntry[] {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines
    .map((line) => line.split(' '))
    .filter(([method]) => method === 'CONNECT')
    .map(([method = '', target = '', status = '', username = '-']) => ({
      method,
      target,
      status: Number(status),
      username: username === '-' ? null : username,
    }));
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(process: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (process.exitCode !== null) throw new Error(`squid ended with ${process.exitCode}`);
    const socket = net.connect({ host: '127.0.0.1', port });
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (connected) return;
    await pause();
  }
  throw new Error('squid does not listen');
}

/** At once: its way of ending takes a second or two, and its log is not buffered. */
async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await exit;
}
