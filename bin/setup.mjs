import { spawnSync } from 'node:child_process'

// Behind `npm run setup:<what>` and `npm run setup -- all`: optional real components, from the packages of Debian or Ubuntu. Tests that
// need one say so when it is missing; nothing of the hub itself needs any.
const components = {
  sftp: { packages: ['openssh-server', 'openssh-client', 'vsftpd'], for: 'file transports against real servers' },
}

function setup(names) {
  const wanted = names.includes('all') ? Object.keys(components) : names
  const unknown = wanted.filter((name) => !Object.hasOwn(components, name))
  if (wanted.length === 0 || unknown.length > 0) {
    const known = Object.entries(components).map(([name, { for: purpose }]) => `  ${name}: ${purpose}`)
    console.error(`Usage: npm run setup -- all|<component>...\n${known.join('\n')}`)
    return 2
  }
  const missing = wanted.flatMap((name) => components[name].packages).filter((name) => !isInstalled(name))
  if (missing.length === 0) return 0
  console.error('Installing %s', missing.join(' '))
  // The lists of a fresh machine are empty or old; they are fetched only when they do not do.
  if (apt(['install', ...missing]) === 0) return 0
  return apt(['update']) === 0 ? apt(['install', ...missing]) : 1
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
