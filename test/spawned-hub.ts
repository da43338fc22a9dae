import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<'interline', string>>
}
/** Where Node keeps what it made of the sources: a start takes a third less time. */
export const compileCache = process.env['NODE_COMPILE_CACHE'] ?? join(root, '.build/compile-cache')
/** How Node is to run a hub. */
export const nodeOptions = scripts.interline.split(' ').filter((word) => word.startsWith('--'))

/** The real hub, started as an operator starts it. */
export interface SpawnedHub {
  readonly child: ChildProcess
  /** Its address, once it is ready. Rejects with what it said when it ends before. */
  readonly url: Promise<string>
  /** What it has logged so far. */
  readonly log: () => string
}

/** One for all hubs of a test: they share a database, and each has a folder of its own. */
export const testMasterKey = Buffer.alloc(32, 'a key for tests').toString('base64')

/** Any free port, and no guard of the disk: a test's folder is small, and the machine's disk is not the test's. */
export function spawnHub(directory: string, environment: Readonly<Record<string, string>>): SpawnedHub {
  const child = spawn(process.execPath, [...nodeOptions, join(root, 'src/app/main.ts'), 'start', '--json'], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: compileCache,
      INTERLINE_DATA_DIRECTORY: directory,
      INTERLINE_PORT: '0',
      ...(environment['INTERLINE_MASTER_KEY_FILE'] === undefined ? { INTERLINE_MASTER_KEY: testMasterKey } : {}),
      INTERLINE_BALLAST_MEGABYTES: '0',
      INTERLINE_WATERMARK_PERCENT: '0',
      INTERLINE_WATERMARK_MEGABYTES: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text))
  const log = (): string => errors.join('')
  return { child, url: readyUrl(child, log), log }
}

function readyUrl(child: ChildProcess, log: () => string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
    const lines = said.split('\n')
    said = lines.pop() ?? ''
    const ready = lines.find((line) => line.includes('"hub_ready"'))
    if (ready !== undefined) resolve((JSON.parse(ready) as { url: string }).url)
  })
  child.once('exit', () => reject(new Error(`the hub ended: ${said}${log()}`)))
  return promise
}
