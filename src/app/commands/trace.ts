import type { Command } from 'commander'
import { type Answer, recordOf, recordsOf, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { type Branch, tree } from '../terminal/output.ts'

/** `interline trace ANY-REFERENCE`: what arrived, what it meant, what was done about it. */
export function traceCommand(program: Command, perform: Perform): void {
  program
    .command('trace <reference>')
    .description('message → facts → effects of a tracking number, order, delivery, message id or any other reference')
    .action(perform(trace))
}

async function trace(invocation: Invocation): Promise<ExitCode> {
  const { args, output } = invocation
  const answer = await invocation.hub().call('GET', '/v1/trace', { query: { reference: args[0] } })
  output.record(answer)
  const objects = recordsOf(answer['objects']).map((one) => {
    const references = recordsOf(one['references']).map(
      (reference) => `${textOf(reference, 'scheme')} ${textOf(reference, 'value')}`,
    )
    return `${textOf(one, 'subject')}  ${references.join(', ')}`.trimEnd()
  })
  for (const line of objects) output.say(line)
  output.say(tree(recordsOf(answer['messages']).map(messageBranch)))
  return exitCodes.ok
}

function messageBranch(message: Answer): Branch {
  const about = [textOf(message, 'message'), textOf(message, 'connection'), textOf(message, 'receivedAt')]
  const parked = recordOf(message['parked'])
  const why =
    textOf(parked, 'code') === ''
      ? []
      : [{ line: `parked: ${textOf(parked, 'code')}  ${textOf(parked, 'nextAction')}`, below: [] }]
  return {
    line: about.filter((part) => part !== '').join('  '),
    below: [...why, ...recordsOf(message['facts']).map(factBranch)],
  }
}

function factBranch(fact: Answer): Branch {
  const when = textOf(fact, 'occurredAt') || textOf(fact, 'recordedAt')
  return { line: `${textOf(fact, 'type')}  ${when}`.trimEnd(), below: recordsOf(fact['effects']).map(effectBranch) }
}

function effectBranch(effect: Answer): Branch {
  const document = textOf(effect, 'documentReference')
  const reason = textOf(effect, 'reason')
  const outcome = [textOf(effect, 'state'), document, reason].filter((part) => part !== '').join(' ')
  return { line: `${textOf(effect, 'command')} → ${textOf(effect, 'target')}: ${outcome}`, below: [] }
}
