import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { ConnectionDeclaration } from '../flow/connection.ts'
import type { ReadFile } from './network/reading.ts'

/** What a connection is shown and shows by TLS, as files in PEM: a key never stands in a manifest. */
export interface ConnectionFiles {
  /** Certificates of private authorities: only what one of them signed is trusted, and no public one is. */
  readonly authorityFiles?: readonly string[]
  /** Our certificate, with those that lead to its authority, and its private key. */
  readonly clientIdentityFile?: string
}

type Declared = ConnectionDeclaration & ConnectionFiles

/** Reads the files that a connection names, which `file` finds. Throws one Error that lists every problem. */
export function withFiles(
  { authorityFiles, clientIdentityFile, ...declared }: Declared,
  file: ReadFile,
): ConnectionDeclaration {
  const problems: string[] = []
  const collected = <T>(name: string, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      problems.push(`connection ${declared.id}: ${name}: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  const authorities = collected('authorityFiles', () => authorityFiles?.flatMap((path) => certificatesOf(file, path)))
  const certificate = collected('clientIdentityFile', () =>
    clientIdentityFile === undefined ? undefined : identityOf(file, clientIdentityFile),
  )
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return {
    ...declared,
    ...(authorities === undefined ? {} : { authorities }),
    ...(certificate === undefined ? {} : { certificate }),
  }
}

const certificateText = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

function certificatesOf(file: ReadFile, path: string): readonly string[] {
  const found = textOf(file, path).match(certificateText) ?? []
  if (found.length === 0) throw new Error(`${path} holds no certificate in PEM`)
  for (const one of found) parsed(path, one)
  return found
}

function identityOf(file: ReadFile, path: string): { readonly certificate: string; readonly key: string } {
  const [first = '', ...others] = certificatesOf(file, path)
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/.exec(textOf(file, path))?.[0]
  if (key === undefined) throw new Error(`${path} holds no private key in PEM`)
  if (key.includes('ENCRYPTED')) throw new Error(`${path} holds an encrypted key; protect the file instead`)
  if (!parsed(path, first).checkPrivateKey(createPrivateKey(key)))
    throw new Error(`${path}: the private key belongs to another certificate than the first one`)
  return { certificate: [first, ...others].join('\n'), key }
}

function parsed(path: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    throw new Error(`${path} holds a certificate that cannot be read`, { cause: error })
  }
}

function textOf(file: ReadFile, path: string): string {
  try {
    return file(path).toString('utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new Error(`cannot read ${path} (${code})`, { cause: error })
  }
}
