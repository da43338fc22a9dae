import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const programs = { server: '/usr/bin/trytond', administration: '/usr/bin/trytond-admin' } as const

/** The ERP of the machine, from the packages of Debian or Ubuntu. */
export interface Installation {
  readonly server: string
  readonly administration: string
  /** Of each of its packages: another one is another template. */
  readonly versions: string
}

/** Undefined where it is not installed, or not the release that the tests know. */
export function findInstallation(): Installation | undefined {
  if (!Object.values(programs).every((path) => existsSync(path))) return undefined
  const packages = ['tryton-server', 'tryton-modules-stock', 'tryton-modules-sale', 'python3-psycopg2']
  try {
    const versions = execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}\n', ...packages], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return /^tryton-server 6\.0\./m.test(versions) ? { ...programs, versions } : undefined
  } catch {
    // One of them is missing.
    return undefined
  }
}

export const notInstalled = 'Tryton 6.0 is not installed; npm run setup:tryton installs it'
