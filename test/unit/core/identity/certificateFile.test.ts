import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readCertificateFile } from '../../../../src/core/identity/certificateFile';
import { failure } from './signInHarness';

/** Everything here is made, and read back for comparison, by the openssl program. */
describe('certificateFile', () => {
  let folder: string;
  const password = 'Pass w0rd é€';
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const read = (name: string): Buffer => fs.readFileSync(path.join(folder, name));
  const certificate = (key: string, name: string, subject = '/O=Contoso/CN=License import'): void => {
    openssl('req', '-new', '-x509', '-key', key, '-days', '30', '-subj', subject, '-out', name);
  };
  const pfx = (out: string, pass: string, ...how: string[]): void => {
    const inputs = ['-inkey', 'rsa.key', '-in', 'rsa.crt'];
    openssl('pkcs12', '-export', ...inputs, '-out', out, '-passout', `pass:${pass}`, ...how);
  };
  let thumbprint: string;
  let end: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'certificates-'));
    openssl('genrsa', '-out', 'rsa.key', '2048');
    openssl('genrsa', '-out', 'other.key', '2048');
    openssl('genrsa', '-out', 'small.key', '1024');
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ec.key');
    for (const name of ['rsa', 'other', 'small', 'ec']) certificate(`${name}.key`, `${name}.crt`);
    const print = openssl('x509', '-in', 'rsa.crt', '-noout', '-fingerprint', '-sha256');
    thumbprint = print
      .slice(print.indexOf('=') + 1)
      .replace(/[:\s]/g, '')
      .toLowerCase();
    // notAfter=2026-12-21 05:00:00Z
    const dates = openssl('x509', '-in', 'rsa.crt', '-noout', '-enddate', '-dateopt', 'iso_8601');
    end = dates.trim().replace('notAfter=', '').replace(' ', 'T').replace('Z', '.000Z');
  });

  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  /** The same certificate and the same key as openssl made. */
  const checked = async (files: Buffer | readonly Buffer[], pass?: string): Promise<void> => {
    const found = await readCertificateFile(files, pass);
    assert.equal(found.thumbprintSha256, thumbprint);
    assert.equal(found.notAfter, end);
    assert.match(found.subject, /^O=Contoso, CN=License import$/);
    fs.writeFileSync(path.join(folder, 'found.key'), found.privateKeyPem);
    fs.writeFileSync(path.join(folder, 'found.crt'), found.certificatePem);
    assert.match(found.privateKeyPem, /^-----BEGIN PRIVATE KEY-----\n/);
    const modulus = (kind: string, name: string): string => openssl(kind, '-in', name, '-noout', '-modulus');
    assert.equal(modulus('rsa', 'found.key'), modulus('rsa', 'rsa.key'));
    assert.equal(openssl('x509', '-in', 'found.crt', '-outform', 'PEM'), openssl('x509', '-in', 'rsa.crt'));
  };

  it('reads PEM: one file in either order, two files, with Windows line ends and text between', async () => {
    const [crt, key] = [read('rsa.crt'), read('rsa.key')];
    await checked(Buffer.concat([crt, key]));
    await checked(Buffer.concat([key, crt]));
    await checked([key, crt]);
    const text = `Bag Attributes\r\n    friendlyName: é\r\n${Buffer.concat([crt, key]).toString()}`;
    await checked(Buffer.from(text.replace(/\r?\n/g, '\r\n')));
    openssl('rsa', '-in', 'rsa.key', '-traditional', '-out', 'traditional.key');
    assert.match(read('traditional.key').toString(), /BEGIN RSA PRIVATE KEY/);
    await checked([crt, read('traditional.key')]);
    openssl('x509', '-in', 'rsa.crt', '-outform', 'DER', '-out', 'rsa.der');
    await checked([read('rsa.der'), key]);
  });

  it('reads encrypted PEM keys, of today and of former times', async () => {
    const pass = `pass:${password}`;
    openssl('pkcs8', '-topk8', '-in', 'rsa.key', '-out', 'modern.key', '-passout', pass);
    openssl('pkcs8', '-topk8', '-in', 'rsa.key', '-out', 'old.key', '-passout', pass, '-v1', 'PBE-SHA1-3DES');
    openssl('rsa', '-in', 'rsa.key', '-aes256', '-traditional', '-out', 'dek.key', '-passout', pass);
    assert.match(read('dek.key').toString(), /DEK-Info/);
    for (const name of ['modern.key', 'old.key', 'dek.key']) {
      await checked([read('rsa.crt'), read(name)], password);
      for (const wrong of [undefined, '', 'wrong', `${password} `]) {
        const files = [read('rsa.crt'), read(name)];
        const error = await failure(readCertificateFile(files, wrong), 'certificatePasswordWrong');
        assert.doesNotMatch(
          JSON.stringify([error.message, error.details, String(error.cause)]),
          /w0rd|wrong"/,
        );
      }
    }
  });

  it('knows a wrong password too where the nonsense it gives happens to end as a key does', async () => {
    openssl(
      'rsa',
      '-in',
      'rsa.key',
      '-aes256',
      '-traditional',
      '-out',
      'often.key',
      '-passout',
      `pass:${password}`,
    );
    const files = [read('rsa.crt'), read('often.key')];
    // That is so for one in 256.
    for (let wrong = 0; wrong < 2500; wrong += 1) {
      await failure(readCertificateFile(files, `wrong ${wrong}`), 'certificatePasswordWrong');
    }
    const foreign = read('often.key').toString().replace('AES-256-CBC', 'FOO-256-CBC');
    await failure(
      readCertificateFile([read('rsa.crt'), Buffer.from(foreign)], password),
      'certificateUnreadable',
    );
  });

  it('reads PKCS#12 of today, of former times, without a password, and with many rounds', async () => {
    pfx('modern.pfx', password);
    pfx('legacy.pfx', password, '-legacy');
    pfx('windows.pfx', password, '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1');
    pfx('aes128.pfx', password, '-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-macalg', 'sha512');
    pfx('plain.pfx', password, '-certpbe', 'NONE', '-keypbe', 'NONE');
    pfx('rounds.pfx', password, '-iter', '100000');
    for (const name of ['modern', 'legacy', 'windows', 'aes128', 'plain', 'rounds']) {
      await checked(read(`${name}.pfx`), password);
      await failure(readCertificateFile(read(`${name}.pfx`), 'wrong'), 'certificatePasswordWrong');
    }
    await failure(readCertificateFile(read('modern.pfx')), 'certificatePasswordWrong');
    pfx('empty.pfx', '');
    await checked(read('empty.pfx'));
    await checked(read('empty.pfx'), '');
  });

  it('finds the certificate of the key among others, and puts its issuers behind it', async () => {
    certificate('other.key', 'ca.crt', '/CN=Contoso authority');
    openssl('req', '-new', '-key', 'rsa.key', '-subj', '/CN=leaf', '-out', 'leaf.csr');
    const issued = [
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'other.key',
      '-out',
      'leaf.crt',
    ];
    openssl(...issued, '-days', '10', '-set_serial', '7');
    const bundle = path.join(folder, 'chain.pem');
    fs.writeFileSync(
      bundle,
      Buffer.concat([read('ca.crt'), read('ec.crt'), read('leaf.crt'), read('rsa.key')]),
    );
    const found = await readCertificateFile(fs.readFileSync(bundle));
    assert.equal(found.subject, 'CN=leaf');
    const certificates = found.certificatePem.match(/-----BEGIN[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    assert.deepEqual(
      certificates.map((pem) => new X509Certificate(pem).subject),
      ['CN=leaf', 'CN=Contoso authority'],
    );
    openssl(
      ...['pkcs12', '-export', '-inkey', 'rsa.key', '-in', 'leaf.crt', '-certfile', 'ca.crt'],
      ...['-out', 'chain.pfx', '-passout', 'pass:x'],
    );
    assert.equal((await readCertificateFile(read('chain.pfx'), 'x')).certificatePem, found.certificatePem);
  });

  it('takes the one that ends last of two with the same key', async () => {
    openssl(
      'req',
      '-new',
      '-x509',
      '-key',
      'rsa.key',
      '-days',
      '400',
      '-subj',
      '/CN=renewed',
      '-out',
      'new.crt',
    );
    const found = await readCertificateFile([read('rsa.crt'), read('new.crt'), read('rsa.key')]);
    assert.equal(found.subject, 'CN=renewed');
  });

  it('says what is missing', async () => {
    const crt = read('rsa.crt');
    const missing = await failure(readCertificateFile(crt), 'certificateKeyMissing');
    assert.match(missing.message, /no private key/);
    const others = await failure(readCertificateFile([crt, read('other.key')]), 'certificateKeyMissing');
    assert.match(others.message, /not that of the certificate/);
    openssl('pkcs12', '-export', '-nokeys', '-in', 'rsa.crt', '-out', 'nokey.pfx', '-passout', 'pass:x');
    await failure(readCertificateFile(read('nokey.pfx'), 'x'), 'certificateKeyMissing');
    await failure(readCertificateFile(read('rsa.key')), 'certificateUnreadable');
  });

  it('refuses what is no certificate, without quoting it', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('{"secret":"S3cret"}'),
      Buffer.from('-----BEGIN CERTIFICATE-----\nS3cret\n-----END CERTIFICATE-----\n'),
      read('rsa.crt').subarray(0, 300),
      Buffer.from([0x30, 0x82, 0xff, 0xff, 1, 2, 3]),
      Buffer.alloc(3 * 1024 * 1024, 0x30),
    ]) {
      const error = await failure(readCertificateFile(bytes, 'x'), 'certificateUnreadable');
      assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /S3cret/);
    }
  });

  it('refuses keys that Entra ID does not take', async () => {
    const small = await failure(
      readCertificateFile([read('small.crt'), read('small.key')]),
      'certificateUnsuitable',
    );
    assert.match(small.message, /RSA with 1024 bits/);
    const elliptic = await failure(
      readCertificateFile([read('ec.crt'), read('ec.key')]),
      'certificateUnsuitable',
    );
    assert.equal(elliptic.details['kind'], 'ec');
    openssl(
      ...['pkcs12', '-export', '-inkey', 'ec.key', '-in', 'ec.crt', '-out', 'ec.pfx', '-passout', 'pass:x'],
    );
    await failure(readCertificateFile(read('ec.pfx'), 'x'), 'certificateUnsuitable');
  });

  it('refuses one that has ended, to the second', async () => {
    const files = [read('rsa.crt'), read('rsa.key')];
    const error = await failure(readCertificateFile(files, undefined, new Date(end)), 'certificateExpired');
    assert.equal(error.details['notAfter'], end);
    const found = await readCertificateFile(files, undefined, new Date(Date.parse(end) - 1000));
    const spki = createPublicKey(createPrivateKey(found.privateKeyPem)).export({
      type: 'spki',
      format: 'der',
    });
    const { publicKey } = new X509Certificate(found.certificatePem);
    assert.ok(publicKey.export({ type: 'spki', format: 'der' }).equals(spki));
  });
});
