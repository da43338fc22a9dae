import type { Command } from 'commander'
import { schemaOf } from '../../connectors/kit/file/declared-file.ts'
import { type Fault, sentenceOf } from '../../edi/flat/fault.ts'
import { faultCodes } from '../../edi/flat/fault-codes.ts'
import { declaredSchema } from '../files/declared-schema.ts'
import { explainFlatFile, readFlatStream } from '../files/flat-explanation.ts'
import { type ExitCode, exitCodeOf, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { harmless } from '../terminal/output.ts'

/** `interline file`: look at a CSV, fixed-width or record-type file by its schema, without a hub. */
export function fileCommand(program: Command, perform: Perform): void {
  const file = program.command('file').description('look at flat files by their schema; - reads standard input')
  const schema = 'partner.yaml#connection/file of a manifest, or a file with the setting files or one entry of it'
  const kind = 'movements, stock, shipping_confirmation, receipt, ship_notice, shipping_order, expected_receipt'
  file
    .command('explain <file>')
    .description('what was read, where each value comes from, and what is wrong')
    .option('--schema <place>', schema)
    .option('--kind <kind>', kind)
    .action(perform(explain))
  file
    .command('validate <file>')
    .description('every fault with its row, column and bytes; fails when there is one')
    .option('--schema <place>', schema)
    .option('--kind <kind>', kind)
    .action(perform(validate))
}

async function explain(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const summary = await explainFlatFile(
    args[0] ?? '-',
    declaredSchema(options.text('schema'), options.text('kind')),
    output,
  )
  return summary.rows > 0 ? exitCodes.ok : exitCodes.failed
}

async function validate(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const declared = declaredSchema(options.text('schema'), options.text('kind'))
  const tell = (fault: Fault): void => {
    output.record({ ...fault, title: faultCodes[fault.code].title, next: faultCodes[fault.code].next })
    output.say(harmless(sentenceOf(fault)))
  }
  const summary = await readFlatStream(args[0] ?? '-', schemaOf(declared), { fault: tell })
  const { rows, documents, faultyDocuments, faults, fileFaults } = summary
  output.record(summary)
  output.say(`${rows} rows, ${documents} documents, ${faultyDocuments} of them faulty; ${faults} faults.`)
  if (faults === 0) return exitCodes.ok
  return exitCodeOf({ done: fileFaults > 0 ? 0 : documents - faultyDocuments, failed: Math.max(1, faultyDocuments) })
}
