import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'

const bin = join(import.meta.dirname, '../../bin')
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

/** A clone with nothing installed; its npm "installs" a Node and programs that only say what they were asked. */
function clone(options: { nodeVersion?: string; failing?: string; main?: string } = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'interline-clone-'))
  cleanups.push(() => rmSync(root, { recursive: true, force: true }))
  cpSync(bin, join(root, 'bin'), { recursive: true })
  write(join(root, 'package-lock.json'), '{}')
  write(join(root, 'web/index.html'), '')
  write(join(root, 'src/app/main.ts'), options.main ?? `console.log('main', ...process.argv.slice(2))`)
  const node = `#!/bin/sh\nif [ "$1" = --version ]; then echo ${options.nodeVersion ?? 'v24.21.0'}; else exec ${process.execPath} "$@"; fi\n`
  const program = (name: string): string =>
    `console.log('${name}', ...process.argv.slice(2)); process.exitCode = ${name === options.failing ? 1 : 0}`
  const files = {
    node,
    ...Object.fromEntries(['tsc', 'oxlint', 'biome', 'vitest'].map((name) => [name, program(name)])),
  }
  const vite = `const { mkdirSync, writeFileSync } = require('node:fs')
    console.log('vite', ...process.argv.slice(2))
    mkdirSync('dist', { recursive: true })
    writeFileSync('dist/index.html', '')
    process.exitCode = ${options.failing === 'vite' ? 1 : 0}`
  const vitepress = `const { mkdirSync, writeFileSync } = require('node:fs')
    console.error('some chunks are large')
    mkdirSync('docs/.vitepress/dist', { recursive: true })
    writeFileSync('docs/.vitepress/dist/llms.txt', '')
    process.exitCode = ${options.failing === 'vitepress' ? 1 : 0}`
  const npm = `const { mkdirSync, writeFileSync } = require('node:fs')
    console.log('npm', ...process.argv.slice(2))
    mkdirSync('node_modules/.bin', { recursive: true })
    mkdirSync('node_modules/vite/bin', { recursive: true })
    mkdirSync('node_modules/vitepress/bin', { recursive: true })
    writeFileSync('node_modules/vitepress/bin/vitepress.js', ${JSON.stringify(vitepress)})
    writeFileSync('node_modules/vite/bin/vite.js', ${JSON.stringify(vite)})
    for (const [name, text] of Object.entries(${JSON.stringify(files)})) writeFileSync('node_modules/.bin/' + name, text, { mode: 0o755 })
    writeFileSync('node_modules/.package-lock.json', '{}')`
  write(join(root, 'npm.cjs'), npm)
  return root
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  chmodSync(path, 0o755)
}

function launch(root: string, args: readonly string[], script = 'bootstrap.mjs'): ChildProcess {
  const environment = { PATH: '/usr/bin:/bin', npm_execpath: join(root, 'npm.cjs') }
  return spawn(process.execPath, [join(root, 'bin', script), ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function finish(child: ChildProcess): Promise<{ code: number | null; said: string; complained: string }> {
  let said = ''
  let complained = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said, complained }
}

function isThere(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('npm start', () => {
  test('on a fresh clone installs and then runs the hub with its simulated network', async () => {
    const root = clone()
    const { code, said, complained } = await finish(launch(root, ['start', '--json']))
    // The documentation is built beside the hub, whose screen this is.
    expect(complained).not.toContain('some chunks are large')
    expect(said).toBe(
      'npm ci --loglevel=error --no-audit --no-fund\nvite build --logLevel warn\nmain start --simulate --json\n',
    )
    expect(code).toBe(0)
  })

  test('installs again only when the lock is newer, or the install was interrupted', async () => {
    const root = clone()
    await finish(launch(root, ['start']))
    expect((await finish(launch(root, ['start']))).said).toBe('main start --simulate\n')
    utimesSync(join(root, 'package-lock.json'), new Date('2099-01-01'), new Date('2099-01-01'))
    expect((await finish(launch(root, ['start']))).said).toMatch(/^npm ci/)
    utimesSync(join(root, 'package-lock.json'), new Date('2000-01-01'), new Date('2000-01-01'))
    rmSync(join(root, 'node_modules/.package-lock.json'))
    expect((await finish(launch(root, ['start']))).said).toMatch(/^npm ci/)
  })

  test('says which Node is needed instead of failing somewhere inside', async () => {
    const { code, said, complained } = await finish(launch(clone({ nodeVersion: 'v24.20.9' }), ['start']))
    expect({ code, ran: said.includes('main') }).toEqual({ code: 1, ran: false })
    expect(complained).toContain('needs Node 24.21.0 or newer; found v24.20.9')
  })

  test('runs the hub without its pages when they cannot be built', async () => {
    const { code, said, complained } = await finish(launch(clone({ failing: 'vite' }), ['start']))
    expect({ code, ran: said.includes('main start') }).toEqual({ code: 0, ran: true })
    expect(complained).toContain('The hub runs without its pages')
  })

  test('stops when the install failed', async () => {
    const root = clone()
    write(join(root, 'npm.cjs'), 'process.exitCode = 7')
    const { code, complained } = await finish(launch(root, ['start']))
    expect(code).toBe(7)
    expect(complained).toContain('The install failed')
  })

  test('passes Ctrl-C on and waits until the hub has drained', async () => {
    const main = `process.on('SIGINT', () => setImmediate(() => { console.log("drained"); process.exit(0) })); setInterval(() => {}, 1000); console.log('up')`
    const child = launch(clone({ main }), ['start'])
    const result = finish(child)
    await said(child, 'up')
    child.kill('SIGINT')
    expect(await result).toMatchObject({ code: 0, said: expect.stringContaining('drained') })
  })

  test('killed with -9 leaves no hub behind', async () => {
    const main = `process.on('disconnect', () => process.exit(0)); setInterval(() => {}, 1000); console.log('up ' + process.pid)`
    const child = launch(clone({ main }), ['start'])
    const result = finish(child)
    const pid = Number(/up (\d+)/.exec(await said(child, 'up'))?.[1])
    child.kill('SIGKILL')
    await result
    // `close` waits for every writer of its output, the hub was the last one; its number goes when init has looked.
    await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false)
  })
})

test('documentation that cannot be built says why, and the hub runs', async () => {
  const { code, said, complained } = await finish(launch(clone({ failing: 'vitepress' }), ['start']))
  expect({ code, lastLine: said.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, lastLine: 'main start --simulate' })
  expect(complained).toContain('some chunks are large')
  expect(complained).toContain('The documentation could not be built')
})

describe('npm test', () => {
  test('checks types, lint and format, and ends with the tests', async () => {
    const { code, said } = await finish(launch(clone(), ['test', 'src/app']))
    expect(said.split('\n').slice(1)).toEqual([
      'vite build --logLevel warn',
      'tsc -b',
      'oxlint --type-aware -c .oxlintrc.json',
      'biome check',
      'vitest run src/app',
      '',
    ])
    expect(code).toBe(0)
  })

  test.each(['vite', 'vitepress', 'tsc', 'oxlint', 'biome', 'vitest'])(
    'fails when %s fails, and still ends with the tests',
    async (failing) => {
      const { code, said } = await finish(launch(clone({ failing }), ['test']))
      expect(code).toBe(1)
      expect(said.trimEnd().split('\n').at(-1)).toBe('vitest run')
    },
  )
})

test('the bootstrap knows no other task', async () => {
  const root = clone()
  const { code, complained } = await finish(launch(root, ['deploy']))
  expect({ code, installed: existsSync(join(root, 'node_modules')) }).toEqual({ code: 2, installed: false })
  expect(complained).toContain('start|test')
})

test('bin/interline runs the command line', async () => {
  const { code, said } = await finish(launch(clone(), ['trace', '1Z'], 'interline.mjs'))
  expect({ code, said }).toEqual({ code: 0, said: 'main trace 1Z\n' })
})

function said(child: ChildProcess, text: string): Promise<string> {
  return new Promise((resolve) => {
    let all = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      all += chunk.toString()
      if (all.includes(text) && all.endsWith('\n')) resolve(all)
    })
  })
}
