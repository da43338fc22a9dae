import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, AnswerCollector } from '../../edi/acknowledge/collector.ts'
import { type AcknowledgementPolicy, defaultAcknowledgements } from '../../edi/acknowledge/policy.ts'
import { writeAnswer } from '../../edi/acknowledge/write.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'
import { explainFile } from '../edi/explanation.ts'
import { readInterchangeFile } from '../edi/interchange-file.ts'
import { parseFile } from '../edi/parsed.ts'
import { Tally } from '../edi/tally.ts'
import { placeOf, sentenceOf } from '../edi/wording.ts'
import { type ExitCode, exitCodeOf, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { harmless } from '../terminal/output.ts'
import { ediDocumentCommands } from './edi-documents.ts'
import { ediSentCommands } from './edi-sent.ts'

/** `interline edi`: look at an X12 or EDIFACT file without a hub, and at what the hub sent. */
export function ediCommand(program: Command, perform: Perform): void {
  const edi = program
    .command('edi')
    .description('look at X12 and EDIFACT files (- reads standard input), and at what was sent')
  edi.command('parse <file>').description('every segment with its place and its byte').action(perform(parse))
  edi
    .command('validate <file>')
    .description('every fault with its bytes; fails when something is rejected')
    .action(perform(validate))
  edi
    .command('explain <file>')
    .description('what the file is, what it holds, what is wrong, and what it is answered with')
    .action(perform(explain))
  edi
    .command('ack <file>')
    .description('the TA1, 997, 999 or CONTRL that the file is answered with')
    .option('--ta1 <when>', 'never, on_request, always, on_error', defaultAcknowledgements.ta1)
    .option('--group <form>', '997, 999 or none', defaultAcknowledgements.group)
    .option('--contrl <kind>', 'none, receipt, full, on_request', defaultAcknowledgements.contrl)
    .option('--control-number <number>', 'of the first answer', '1')
    .option('--out <path>', 'where the bytes go instead of the terminal')
    .action(perform(acknowledge))
  ediSentCommands(edi, perform)
  ediDocumentCommands(edi, perform)
}

async function parse(invocation: Invocation): Promise<ExitCode> {
  const tally = await parseFile(fileOf(invocation), invocation.output)
  if (tally.interchanges > 0) return exitCodes.ok
  invocation.output.say('No interchange begins in this file; interline edi explain says what is wrong with it.')
  return exitCodes.failed
}

async function explain(invocation: Invocation): Promise<ExitCode> {
  const tally = await explainFile(fileOf(invocation), invocation.output)
  return tally.interchanges > 0 ? exitCodes.ok : exitCodes.failed
}

async function validate(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation
  const tally = new Tally((verdict) => tell(verdict, invocation))
  await readInterchangeFile(fileOf(invocation), tally)
  const { interchanges, rejected, sets, setsAccepted, verdicts } = tally
  output.record({ interchanges, rejected, sets, setsAccepted, verdicts })
  output.say(
    `${interchanges} interchanges, ${rejected} rejected; ${sets} sets, ${setsAccepted} accepted; ${verdicts} verdicts.`,
  )
  if (interchanges === 0) return exitCodes.failed
  const failed = rejected + sets - setsAccepted
  return exitCodeOf({ done: sets === 0 ? interchanges - rejected : setsAccepted, failed })
}

function tell(verdict: Verdict, { output }: Invocation): void {
  const sentence = sentenceOf(verdict)
  output.record({ ...verdict, title: sentence })
  output.say(
    harmless(
      `${verdict.severity}  bytes ${verdict.start}-${verdict.end}  ${placeOf(verdict)}  ${verdict.code}: ${sentence}`,
    ),
  )
}

async function acknowledge(invocation: Invocation): Promise<ExitCode> {
  const { options, output } = invocation
  const policy = policyOf(invocation)
  const answers: Answer[] = []
  const collector = new AnswerCollector(
    () => policy,
    (answer) => answers.push(answer),
  )
  await readInterchangeFile(fileOf(invocation), collector)
  const first = options.integer('controlNumber', 1) ?? 1
  const now = new Date().toISOString().replaceAll(/\D/g, '')
  const written = answers.map((answer, index) => ({
    answer,
    bytes: writeAnswer(answer, {
      interchange: first + index,
      group: first + index,
      date: now.slice(0, 8),
      time: now.slice(8, 12),
    }).bytes,
  }))
  const path = options.text('out')
  if (path !== undefined) writeFileSync(path, Buffer.concat(written.map(({ bytes }) => bytes)))
  for (const { answer, bytes } of written) {
    const text = Buffer.from(bytes).toString('utf8')
    const { sender, receiver, controlNumber } = answer.received.header
    output.record({ answers: { sender, receiver, controlNumber }, status: answer.received.status, text })
    if (path === undefined) output.say(text)
  }
  if (written.length === 0) output.say('Nothing in this file is answered.')
  return exitCodes.ok
}

function policyOf({ options }: Invocation): AcknowledgementPolicy {
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T => {
    const found = allowed.find((one) => one === options.text(name))
    if (found === undefined)
      throw new InterlineError('USAGE_INVALID', { problem: `--${name} must be one of ${allowed.join(', ')}.` })
    return found
  }
  return {
    ...defaultAcknowledgements,
    ta1: oneOf('ta1', ['never', 'on_request', 'always', 'on_error']),
    group: oneOf('group', ['997', '999', 'none']),
    contrl: oneOf('contrl', ['none', 'receipt', 'full', 'on_request']),
  }
}

function fileOf({ args }: Invocation): string {
  return args[0] ?? '-'
}
