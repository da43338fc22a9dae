import { Command, CommanderError } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { accountingCommand } from '../commands/accounting.ts'
import { alertCommand } from '../commands/alert.ts'
import { applyCommand } from '../commands/apply.ts'
import { auditCommand } from '../commands/audit.ts'
import { checkCommand } from '../commands/check.ts'
import { clientCommand } from '../commands/client.ts'
import { configCommand } from '../commands/config.ts'
import { contractCommand } from '../commands/contract.ts'
import { doctorCommand } from '../commands/doctor.ts'
import { ediCommand } from '../commands/edi.ts'
import { exceptionCommand } from '../commands/exception.ts'
import { expectationCommand } from '../commands/expectation.ts'
import { fileCommand } from '../commands/file.ts'
import { flowCommand } from '../commands/flow.ts'
import { jobCommand } from '../commands/job.ts'
import { keyCommand } from '../commands/key.ts'
import { listenCommand } from '../commands/listen.ts'
import { masterDataCommand } from '../commands/master-data.ts'
import { migrateCommand } from '../commands/migrate.ts'
import { notificationCommand } from '../commands/notification.ts'
import { overviewCommand } from '../commands/overview.ts'
import { parkedCommand } from '../commands/parked.ts'
import { partnerCommand } from '../commands/partner.ts'
import { personCommand } from '../commands/person.ts'
import { pickUpsCommand } from '../commands/pick-ups.ts'
import { pollCommand } from '../commands/poll.ts'
import { privacyCommand } from '../commands/privacy.ts'
import { processCommand } from '../commands/process.ts'
import { quotaCommand } from '../commands/quota.ts'
import { reconcileCommand } from '../commands/reconcile.ts'
import { replayCommand } from '../commands/replay.ts'
import { schemaCommand } from '../commands/schema.ts'
import { secretCommand } from '../commands/secret.ts'
import { sendCommand } from '../commands/send.ts'
import { showCommand } from '../commands/show.ts'
import { simCommand } from '../commands/sim.ts'
import { slaCommand } from '../commands/sla.ts'
import { startCommand } from '../commands/start.ts'
import { systemCommand } from '../commands/system.ts'
import { taskCommand } from '../commands/task.ts'
import { traceCommand } from '../commands/trace.ts'
import { trackingCommand } from '../commands/tracking.ts'
import { webhookCommand } from '../commands/webhook.ts'
import type { Environment } from '../environment.ts'
import { version } from '../version.ts'
import { ProblemAnswer } from './client.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { Invocation, Options, type Perform } from './invocation.ts'
import { Output, type Terminal } from './output.ts'

const commands = [
  startCommand,
  doctorCommand,
  migrateCommand,
  configCommand,
  sendCommand,
  traceCommand,
  showCommand,
  listenCommand,
  parkedCommand,
  taskCommand,
  expectationCommand,
  processCommand,
  flowCommand,
  systemCommand,
  notificationCommand,
  masterDataCommand,
  applyCommand,
  auditCommand,
  partnerCommand,
  personCommand,
  trackingCommand,
  privacyCommand,
  pickUpsCommand,
  replayCommand,
  jobCommand,
  overviewCommand,
  alertCommand,
  checkCommand,
  slaCommand,
  exceptionCommand,
  contractCommand,
  schemaCommand,
  accountingCommand,
  pollCommand,
  reconcileCommand,
  webhookCommand,
  keyCommand,
  clientCommand,
  quotaCommand,
  secretCommand,
  simCommand,
  ediCommand,
  fileCommand,
]

/** Runs one command line and answers the exit code: 0 ok, 1 failed, 2 not understood, 3 partly failed. */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  environment: Environment,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok
  const perform: Perform =
    (work) =>
    async (...parameters) => {
      const command = parameters.at(-1)
      if (!(command instanceof Command)) throw new TypeError('commander passes the command last')
      const options = new Options(command.optsWithGlobals())
      code = await work(new Invocation({ args: command.args, options, terminal, environment }))
    }
  const isForMachines = args.includes('--json')
  const program = createProgram(terminal, perform, isForMachines)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    // commander has told people what is wrong by itself; help and version come this way with code 0.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.ok
      if (isForMachines) new Output(terminal, true).failure(misunderstood(error))
      return exitCodes.usage
    }
    new Output(terminal, isForMachines).failure(error)
    return isUsage(error) ? exitCodes.usage : exitCodes.failed
  }
}

function createProgram(terminal: Terminal, perform: Perform, isForMachines: boolean): Command {
  const program = new Command('interline')
    .description(
      'Logistics integration hub: any format in, one canonical language, every system told exactly as often as it must be.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: isForMachines ? () => undefined : terminal.error,
      outputError: (text, write) => (isForMachines ? undefined : write(text)),
      getOutHelpWidth: () => terminal.columns,
    })
    .showHelpAfterError(isForMachines ? false : '(add --help for what is possible)')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 not understood, 3 partly failed.')
    .option('--json', 'one JSON document per line instead of text for people')
    .option('--url <url>', 'hub to talk to; without it the one running in the data directory')
    .option(
      '--key-file <path>',
      'file with the API key; without it INTERLINE_KEY or the first key of the data directory',
    )
  for (const add of commands) add(program, perform)
  return program
}

/** What commander says, in the form of every other failure. */
function misunderstood({ code, message }: CommanderError): InterlineError {
  // Of a group of commands that none was named of, commander shows the help, and says nothing.
  const problem = code === 'commander.help' ? 'a command is missing' : message.replace(/^error: /, '')
  return new InterlineError('USAGE_INVALID', { problem })
}

const usageCodes = ['SETTINGS_INVALID', 'USAGE_INVALID']

function isUsage(error: unknown): boolean {
  if (error instanceof InterlineError) return usageCodes.includes(error.code)
  return error instanceof ProblemAnswer && error.code === 'REQUEST_INVALID'
}
