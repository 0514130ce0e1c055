import { join } from 'node:path'
import { runOrThrow } from '../run-command.js'

export interface Certificate {
  /** A file; clients trust it as their authority. */
  readonly certificate: string
  readonly key: string
}

/** A self-signed certificate for 127.0.0.1, localhost and buckets below localhost, made by openssl. @param directory where it goes */
export async function makeCertificate(directory: string): Promise<Certificate> {
  const certificate = join(directory, 'tls.crt')
  const key = join(directory, 'tls.key')
  const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:*.localhost'
  const subject = ['-subj', '/CN=localhost', '-addext', names, '-days', '2']
  await runOrThrow('/usr/bin/openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, '-keyout', key, '-out', certificate])
  return { certificate, key }
}
