import type { Connector } from '../../src/connectors/kit/connector.ts'
import type { Definition } from '../../src/processes/engine/definition.ts'

/** Commands of processes that no connector carries out yet, with the reason: the pages of the processes say so. */
export const unconnected: Readonly<Record<string, string>> = {
  answer_claim: 'partners get claims by mail or in a portal',
  create_return_label: 'connectors of carriers buy labels of what is sent out only',
  refuse_acknowledgement: 'EDI knows no answer to an answer; the supplier is called',
  remind_claim: 'the hub writes no mail',
  remind_supplier: 'the hub writes no mail',
  request_arrival: 'the hub writes no mail',
  request_pod: 'carriers tell of proofs by themselves; none of the connected ones can be asked',
  request_ship_notice: 'the hub writes no mail',
  send_application_advice:
    '824 and APERAK name a set by the control numbers of its interchange, which processes do not know',
  void_return_label: 'connectors of carriers buy labels of what is sent out only',
}

/** Ids of the connectors that carry a command out: as an operation, a procedure or a document. */
export function carriersOut(command: string, connectors: readonly Connector[]): readonly string[] {
  return connectors
    .filter(({ operations = {}, procedures = {}, documents }) => {
      const own = [...Object.values(operations), ...Object.values(procedures)].map((one) => one.command)
      return own.includes(command) || documents?.commands.includes(command) === true
    })
    .map(({ id }) => id)
}

/** Commands that a process asks for and nobody carries out, without a word about it; and reasons that are none any more. */
export function silentCommands(definitions: readonly Definition[], connectors: readonly Connector[]): string[] {
  const asked = definitions.flatMap(({ id, effects }) =>
    Object.entries(effects).map(([name, { command }]) => ({ command, place: `${id} ${name}` })),
  )
  const isCarriedOut = (command: string): boolean => carriersOut(command, connectors).length > 0
  return [
    ...asked
      .filter(({ command }) => !isCarriedOut(command) && !Object.hasOwn(unconnected, command))
      .map(({ command, place }) => `${place}: no connector carries out ${command}, and nobody says why`),
    ...Object.keys(unconnected)
      .filter((command) => isCarriedOut(command) || !asked.some((one) => one.command === command))
      .map((command) => `${command}: it is carried out, or nobody asks for it: take it off the list`),
  ]
}
