import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { systemRandom } from '../ports.ts'
import { freePort, isFree } from '../postgres/port.ts'
import type { Settings } from '../settings/settings.ts'
import { type Simulation, startSimulation } from '../simulation.ts'
import { type DataDirectory, openDataDirectory } from '../start/data-directory.ts'
import { tryHttpDoors } from '../start/door.ts'
import { startHub } from '../start/hub.ts'
import { onShutdown } from '../start/shutdown.ts'
import { firstSteps, type StartEvent, sentenceOf, watchedText } from '../start/start-story.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Perform } from '../terminal/invocation.ts'
import { hubUrlIn, type Invocation } from '../terminal/invocation.ts'
import { Screen } from '../terminal/screen.ts'
import { lookAt } from './overview.ts'

interface Stoppable {
  stop(): Promise<void>
}

/** What the rest of a stop may take beyond the wait for running attempts. */
const graceMarginMs = 5000

/** `interline start`: the hub, until a signal. */
export function startCommand(program: Command, perform: Perform): void {
  program
    .command('start')
    .description('run the hub until Ctrl-C; a second Ctrl-C stops it at once')
    .option('--simulate', 'run the simulated network beside it')
    .action(perform(start))
}

async function start(invocation: Invocation): Promise<ExitCode> {
  const { output, options } = invocation
  const settings = options.flag('simulate') ? await besideSimulation(invocation.settings()) : invocation.settings()
  let welcome: string | undefined
  const report = (event: StartEvent): void => {
    if (event.event === 'first_welcome') welcome = event.link
    output.record(event)
    output.say(sentenceOf(event))
  }
  // The signals first: one that comes while the hub starts must not leave its database behind.
  const starting = Promise.withResolvers<readonly Stoppable[]>()
  const forget = onShutdown({
    stop: async () => {
      for (const one of await starting.promise) await one.stop()
      report({ event: 'hub_stopped' })
    },
    graceMs: settings.drainSeconds * 1000 + graceMarginMs,
    report: (line, error) => {
      output.terminal.error(`${line}\n`)
      if (error !== undefined) output.failure(error)
    },
  })
  const started: Stoppable[] = []
  report({ event: 'hub_starting' })
  let directory: DataDirectory | undefined
  try {
    // The folder and the port before anything else: a second start must not touch what the simulated network of the first one has there.
    directory = openDataDirectory(settings.dataDirectory)
    await tryHttpDoors(settings)
    // The simulated systems first: the hub reads from them where they are.
    const simulation = options.flag('simulate') ? await simulate(settings, invocation) : undefined
    try {
      started.push(await startHub(settings, report, directory))
    } finally {
      if (simulation !== undefined) started.push(simulation)
    }
    started.unshift(...show(invocation, welcome))
    starting.resolve(started)
  } catch (error) {
    for (const one of started) await one.stop()
    directory?.release()
    starting.resolve([])
    forget()
    throw error
  }
  return exitCodes.ok
}

/**
 * The simulated network on the upper part of the terminal, the log below it, where somebody watches and there is room; what to try next
 * everywhere else.
 */
function show(invocation: Invocation, welcome: string | undefined): Stoppable[] {
  const { output, options } = invocation
  const { isWatched, rows = 0 } = output.terminal
  const isSimulated = options.flag('simulate')
  const keyPath = join(invocation.settings().dataDirectory, 'admin.key')
  if (isSimulated && !output.json && isWatched && rows >= screenRows * 2) return [watch(invocation, welcome)]
  output.say(firstSteps({ isSimulated, keyFile: existsSync(keyPath) ? keyPath : undefined }))
  return []
}

function watch(invocation: Invocation, welcome: string | undefined): Stoppable {
  const { output } = invocation
  const screen = new Screen(output.terminal, screenRows)
  let isBusy = false
  const look = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    const text = await lookAt(invocation).then(
      ({ text: overview }) => watchedText(overview, { rows: screenRows, welcome }),
      () => 'The hub does not answer at the moment.',
    )
    screen.draw(text)
    isBusy = false
  }
  screen.open()
  const timer = setInterval(() => void look(), 1000)
  return {
    stop: async () => {
      clearInterval(timer)
      screen.close()
    },
  }
}

const screenRows = 20

/**
 * The simulated systems live on loopback, which nobody else may call. Its partners come through the doors for AS2 and SFTP: one whose port somebody else has on this machine is
 * opened on another, because a hub to be tried out must start.
 */
async function besideSimulation(settings: Settings): Promise<Settings> {
  const { as2Port, mailboxPort, allowedPrivateRanges } = settings
  return {
    ...settings,
    allowedPrivateRanges: [...allowedPrivateRanges, '127.0.0.0/8'],
    as2Port: await openPort(as2Port, settings.host),
    mailboxPort: await openPort(mailboxPort, settings.host),
  }
}

async function openPort(wanted: number, host: string): Promise<number> {
  return wanted !== 0 && (await isFree(wanted, host)) ? wanted : freePort(undefined, systemRandom)
}

/** Stopped after the hub: while that drains, the outside world is still there. */
function simulate(settings: Settings, invocation: Invocation): Promise<Simulation> {
  mkdirSync(settings.dataDirectory, { recursive: true })
  return startSimulation({
    directory: resolve(settings.dataDirectory),
    hubUrl: hubUrlIn(settings),
    as2Port: settings.as2Port,
    mailboxPort: settings.mailboxPort,
    ended: (code) => invocation.output.terminal.error(`the simulated network ended by itself (${code ?? 'killed'})\n`),
  })
}
