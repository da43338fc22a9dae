import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

// Behind `npm run setup:<what>` and `npm run setup -- all`: optional real components, from the packages of Debian or Ubuntu. Tests that
// need one say so when it is missing; nothing of the hub itself needs any, but OpenPGP of files. What benches compare with and the shop of
// the tests come from npm, into folders of their own: never into the lockfile of the hub.
const components = {
  chromium: { packages: ['chromium'], for: 'the control tower in a real browser' },
  as2: {
    packages: ['default-jdk-headless', 'libbcmail-java', 'libbcprov-java', 'libmail-java', 'openssl'],
    for: 'AS2 against BouncyCastle and OpenSSL',
  },
  pgp: { packages: ['gnupg'], for: 'OpenPGP of files, in the hub and in its tests' },
  sftp: { packages: ['openssh-server', 'openssh-client', 'vsftpd'], for: 'file transports against real servers' },
  tryton: {
    packages: ['tryton-server', 'tryton-modules-all', 'python3-psycopg2'],
    for: 'postings to a real ERP, Tryton 6.0, in a process and a database of its own',
  },
  vendure: {
    packages: [],
    locked: 'test/vendure/shop',
    for: 'orders from a real shop, Vendure 3.7, in a process of its own',
  },
  bench: {
    packages: ['nats-server', 'rabbitmq-server', 'redis-server'],
    npm: [
      '@dbos-inc/dbos-sdk@5.3.0',
      '@nats-io/jetstream@3.4.0',
      '@nats-io/transport-node@3.4.0',
      'amqplib@2.3.1',
      'bullmq@6.7.0',
      'csv-parse@7.0.3',
      'edifact@1.2.12',
      'graphile-worker@0.18.0',
      'ioredis@5.11.1',
      'node-x12@1.7.1',
      'papaparse@5.5.3',
      'pg-boss@12.35.0',
      'x12-parser@1.3.0',
    ],
    for: 'queues and parsers that the benches compare with',
  },
}

function setup(names) {
  const wanted = names.includes('all') ? Object.keys(components) : names
  const unknown = wanted.filter((name) => !Object.hasOwn(components, name))
  if (wanted.length === 0 || unknown.length > 0) {
    const known = Object.entries(components).map(([name, { for: purpose }]) => `  ${name}: ${purpose}`)
    console.error(`Usage: npm run setup -- all|<component>...\n${known.join('\n')}`)
    return 2
  }
  const missing = wanted.flatMap((name) => components[name].packages ?? []).filter((name) => !isInstalled(name))
  const peers = wanted.flatMap((name) => components[name].npm ?? [])
  if (peers.length > 0 && installPeers(peers) !== 0) return 1
  for (const name of wanted) if (components[name].locked !== undefined && installLocked(name) !== 0) return 1
  if (missing.length === 0) {
    console.error('Installed: %s', wanted.join(', '))
    return 0
  }
  console.error('Installing %s', missing.join(' '))
  // The lists of a fresh machine are empty or old; they are fetched only when they do not do.
  if (apt(['install', ...missing]) === 0) return 0
  if (apt(['update']) === 0 && apt(['install', ...missing]) === 0) return 0
  console.error(
    'Not installed: %s. This needs Debian or Ubuntu, and root or sudo without a password.',
    missing.join(' '),
  )
  return 1
}

function installPeers(names) {
  const folder = join(dirname(import.meta.dirname), '.bench-peers')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  // Their install scripts are not run: a bench needs none.
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', ...names]
  const { status, error } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (error !== undefined) console.error('npm: %s', error.message)
  return status ?? 1
}

/** Into `.peers/<name>`, what the lockfile says and nothing else; not again while that is the same. */
function installLocked(name) {
  const root = dirname(import.meta.dirname)
  const folder = join(root, '.peers', name)
  const files = ['package.json', 'package-lock.json']
  const done = join(folder, 'installed-package-lock.json')
  const source = (file) => join(root, components[name].locked, file)
  if (existsSync(done) && readFileSync(done).equals(readFileSync(source('package-lock.json')))) return 0
  console.error('Installing the packages of %s', components[name].locked)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const file of files) copyFileSync(source(file), join(folder, file))
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts']
  const { status, error } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (error !== undefined) console.error('npm: %s', error.message)
  if (status === 0) copyFileSync(source('package-lock.json'), done)
  return status ?? 1
}

function isInstalled(name) {
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' })
  return stdout === 'installed'
}

function apt([task, ...packages]) {
  const line = ['apt-get', '-qq', '-y', task, ...(packages.length > 0 ? ['--no-install-recommends', ...packages] : [])]
  const [program, ...args] = process.getuid?.() === 0 ? line : ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND', ...line]
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment })
  if (error !== undefined) console.error('%s: %s', program, error.message)
  return status ?? 1
}

process.exitCode = setup(process.argv.slice(2))
