import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { simulationUrl } from '../simulation.ts'
import type { Answer } from '../terminal/answer.ts'
import { hubClient } from '../terminal/client.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { overviewText } from '../terminal/overview.ts'

const everyMs = 1000
const clear = '\u001b[H\u001b[2J'

/** `interline overview`: the whole hub at a glance, once or again and again. */
export function overviewCommand(program: Command, perform: Perform): void {
  program
    .command('overview')
    .description('messages, shipments, effects and the simulated network on one screen')
    .option('--watch', 'again every second, until Ctrl-C')
    .option('--times <number>', 'with --watch: stop after so many')
    .action(perform(overview))
}

async function overview(invocation: Invocation): Promise<ExitCode> {
  const { output, options } = invocation
  const isWatching = options.flag('watch')
  const times = isWatching ? (options.integer('times', 1) ?? Number.POSITIVE_INFINITY) : 1
  for (let round = 1; ; round++) {
    const { hub, text } = await lookAt(invocation)
    output.record(hub)
    output.say(isWatching && output.terminal.isWatched ? `${clear}${text}` : text)
    if (round >= times) return exitCodes.ok
    await sleep(everyMs)
  }
}

/** What the hub says of itself, and how that looks. */
export async function lookAt(invocation: Invocation): Promise<{ readonly hub: Answer; readonly text: string }> {
  const client = invocation.hub()
  const [hub, simulation] = await Promise.all([client.call('GET', '/v1/overview'), simulationOf(invocation)])
  const { columns } = invocation.output.terminal
  const shown = simulation === undefined ? hub : { ...hub, simulation }
  return { hub: shown, text: overviewText(hub, { url: client.url, columns, simulation }) }
}

/** Undefined where none runs. */
async function simulationOf(invocation: Invocation): Promise<Answer | undefined> {
  try {
    return await hubClient({ url: simulationUrl(invocation.settings().dataDirectory) }).call('POST', '/control/status')
  } catch {
    // A hub without a simulated network, or one whose file is left over.
    return undefined
  }
}
