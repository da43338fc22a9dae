import { type Answer, textOf } from '../terminal/answer.ts'
import { type ExitCode, exitCodes } from '../terminal/exit-code.ts'
import type { Invocation } from '../terminal/invocation.ts'

/** Says a link that the hub has made, whole even where the hub does not know its own address, and for whom it is; it is shown this once. */
export function sayLink(invocation: Invocation, made: Answer, about: string): ExitCode {
  const said = textOf(made, 'link')
  const link = said.startsWith('/') ? `${invocation.hub().url}${said}` : said
  invocation.output.record({ ...made, link })
  invocation.output.say(`${link}\n\n${about} It is not stored and never shown again.`)
  return exitCodes.ok
}
