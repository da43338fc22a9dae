import type { Command } from 'commander'
import { examine } from '../start/examination.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'

/** `interline doctor`: what would keep a hub from running here, and how to fix it. */
export function doctorCommand(program: Command, perform: Perform): void {
  program
    .command('doctor')
    .description('check Node, settings, folder, disk, database, port and clock, and say how to fix them')
    .action(perform(doctor))
}

async function doctor(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const findings = await examine(invocation.settings())
  output.rows(
    findings.map((finding) => ({ ...finding })),
    ['check', 'verdict', 'found'],
    '',
  )
  for (const { check, fix } of findings) if (fix !== undefined) output.say(`\n${check}: ${fix}`)
  return findings.some(({ verdict }) => verdict === 'failed') ? exitCodes.failed : exitCodes.ok
}
