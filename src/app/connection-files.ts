import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ConnectionDeclaration } from '../flow/connection.ts'

/** What a connection is shown and shows by TLS, as files in PEM: a key never stands in `network.json`. */
export interface ConnectionFiles {
  /** Certificates of private authorities: only what one of them signed is trusted, and no public one is. */
  readonly authorityFiles?: readonly string[]
  /** Our certificate, with those that lead to its authority, and its private key. */
  readonly clientIdentityFile?: string
}

type Declared = ConnectionDeclaration & ConnectionFiles

/** Reads the files that a connection names. Throws one Error that lists every problem. */
export function withFiles({ authorityFiles, clientIdentityFile, ...declared }: Declared): ConnectionDeclaration {
  const problems: string[] = []
  const collected = <T>(name: string, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      problems.push(`connection ${declared.id}: ${name}: ${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
  }
  const authorities = collected('authorityFiles', () => authorityFiles?.flatMap(certificatesOf))
  const certificate = collected('clientIdentityFile', () =>
    clientIdentityFile === undefined ? undefined : identityOf(clientIdentityFile),
  )
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return {
    ...declared,
    ...(authorities === undefined ? {} : { authorities }),
    ...(certificate === undefined ? {} : { certificate }),
  }
}

const certificateText = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

function certificatesOf(path: string): readonly string[] {
  const found = textOf(path).match(certificateText) ?? []
  if (found.length === 0) throw new Error(`${path} holds no certificate in PEM`)
  for (const one of found) parsed(path, one)
  return found
}

function identityOf(path: string): { readonly certificate: string; readonly key: string } {
  const [first = '', ...others] = certificatesOf(path)
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/.exec(textOf(path))?.[0]
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

function textOf(path: string): string {
  if (typeof path !== 'string') throw new Error('expected the path of a file')
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new Error(`cannot read ${path} (${code})`, { cause: error })
  }
}
