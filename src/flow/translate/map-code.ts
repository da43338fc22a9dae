import type { Wait } from '../../backbone/step.ts'
import { writeInstant } from '../../base/instant.ts'
import { readCodeKey } from '../../model/codes/code-key.ts'
import type { TaskRequest } from '../../model/task/report.ts'
import type { CodeProposal } from '../../registry/codes.ts'

/** What can be decided about a code that nobody has translated. */
export const mapCodeDecisions = { map: 'map', keep: 'keep', refuse: 'refuse' } as const

/** What kinds of things are called in a question. */
export const codedNames = {
  item: 'item',
  uom: 'unit of measure',
  location: 'place',
  party: 'party',
  carrier: 'carrier',
  service: 'service of a carrier',
} as const

/** The question what a code means, with all that helps to answer it. */
export function mapCode(wait: Wait, proposals: readonly CodeProposal[]): TaskRequest {
  const { kind, system, qualifier, value } = readCodeKey(wait.key)
  const what = codedNames[kind]
  return {
    name: 'map-code',
    objects: [],
    role: 'master-data',
    question: `What does ${system} mean by the ${what} ${value}${qualifier === '' ? '' : ` of ${qualifier}`}?`,
    evidence: {
      kind,
      system,
      code: value,
      ...(qualifier === '' ? {} : { qualifier }),
      waiting: wait.count,
      since: writeInstant(wait.since),
      connections: wait.connections,
      messages: wait.messages,
      proposals,
    },
    decisions: [
      {
        name: mapCodeDecisions.map,
        label: 'It means one of ours',
        consequence: 'It is translated from now on; everything that waits for it goes on in order.',
        fields: [{ name: 'canonicalId', label: `Our ${codedNames[kind]}`, kind: 'text' }],
      },
      {
        name: mapCodeDecisions.keep,
        label: 'It is right as it is',
        consequence: 'It is one of our own codes from now on; everything that waits for it goes on in order.',
      },
      {
        name: mapCodeDecisions.refuse,
        label: 'Refuse what uses it',
        consequence: 'Every message that waits for it is refused. The next one that uses it asks again.',
        reasonRequired: true,
      },
    ],
  }
}
