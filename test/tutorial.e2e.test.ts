import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort, HubProcess } from './hub-process.ts'

const root = join(import.meta.dirname, '..')
const run = promisify(execFile)

/** A piece of the page: what a person writes, does, or sees. */
interface Block {
  readonly language: string
  /** A file's name, or the terminal; empty for the reader's own terminal. */
  readonly label: string
  readonly text: string
}

const page = readFileSync(join(root, 'docs/tutorial/first-integration.md'), 'utf8')
const blocks: readonly Block[] = [...page.matchAll(/^```(\w+)(?: \[([^\]]+)\])?\n([\s\S]*?)^```$/gm)].map(
  ([, language, label, text]) => ({ language: language ?? '', label: label ?? '', text: text ?? '' }),
)

let hub: HubProcess
let receiverPort = 0
const background: ChildProcess[] = []
let heard = ''

beforeAll(async () => {
  receiverPort = await freePort()
  hub = await HubProcess.start({ environment: { INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8' } })
  mkdirSync(join(hub.directory, 'bin'))
  const command = join(hub.directory, 'bin/interline')
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'bin/interline.mjs')}' "$@"\n`)
  chmodSync(command, 0o755)
  symlinkSync(hub.directory, join(hub.directory, '.interline'))
}, 60_000)

afterAll(async () => {
  for (const child of background) child.kill()
  await hub.stop()
})

test('every step of the first integration does what the page says', { timeout: 120_000 }, async () => {
  let said = ''
  let compared = 0
  for (const block of blocks) {
    if (block.language === 'text') {
      compared += 1
      if (block.label === '') expect(said).toMatch(shown(block.text))
      else await vi.waitFor(() => expect(heard).toMatch(shown(block.text)), 30_000)
    } else if (block.language !== 'sh') write(block)
    else if (block.label !== '') start(block)
    else if (!block.text.startsWith('alias '))
      said = await (looks(block) ? vi.waitFor(() => doIt(block), 15_000) : doIt(block))
  }
  expect(compared).toBe(5)
  expect(heard.split('\n').filter((line) => line.startsWith('shipment.exception_opened')).length).toBeGreaterThan(0)
})

/** A page that shows what does not come is found out. */
test('what the page shows is compared, not only read', () => {
  expect('Done: 2 to create').toMatch(shown('Done: … to create\n'))
  expect('Done: 2 to create').not.toMatch(shown('Done: 3 …\n'))
})

function write({ label, text }: Block): void {
  const path = join(hub.directory, label)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, here(text))
}

function environment(): NodeJS.ProcessEnv {
  const PATH = `${join(hub.directory, 'bin')}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`
  return { PATH, INTERLINE_DATA_DIRECTORY: hub.directory }
}

/** What only looks may be asked again: a reader is slower than the hub, a test is not. */
function looks({ text }: Block): boolean {
  return text.split('\n').every((line) => line === '' || /^interline (?:show|trace) /.test(line))
}

async function doIt({ text }: Block): Promise<string> {
  const { stdout } = await run('sh', ['-ec', here(text)], { cwd: hub.directory, env: environment() })
  return stdout
}

function start({ text }: Block): void {
  const child = spawn('sh', ['-ec', `exec ${here(text)}`], { cwd: hub.directory, env: environment() })
  child.stdout.setEncoding('utf8').on('data', (more: string) => (heard += more))
  background.push(child)
}

/** The page with the ports of this test. */
function here(text: string): string {
  return text.replaceAll('127.0.0.1:8080', new URL(hub.url).host).replaceAll('9099', String(receiverPort))
}

/** What the page shows as a pattern: `…` stands for anything. */
function shown(text: string): RegExp {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .split('…')
        .map((part) => RegExp.escape(part))
        .join('.*'),
    )
  return new RegExp(lines.join('\\n').replaceAll('.*\\n', '[\\s\\S]*'))
}
