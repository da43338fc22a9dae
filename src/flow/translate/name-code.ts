import { readCodeKey } from '../../model/codes/code-key.ts'
import type { TaskRequest } from '../../model/task/report.ts'
import { codedNames } from './map-code.ts'

/** What can be decided about a code of ours that a system has no name for. */
export const nameCodeDecisions = { map: 'map', keep: 'keep', refuse: 'refuse' } as const

/** The question what a system calls a thing of ours. */
export function nameCode(
  key: string,
  waits: { readonly waiting: number; readonly since: string; readonly effects: readonly string[] },
): TaskRequest {
  const { kind, system, qualifier, value } = readCodeKey(key)
  return {
    name: 'name-code',
    objects: [],
    role: 'master-data',
    question: `What does ${system} call our ${codedNames[kind]} ${value}${qualifier === '' ? '' : ` of ${qualifier}`}?`,
    evidence: { kind, system, code: value, ...(qualifier === '' ? {} : { qualifier }), ...waits },
    decisions: [
      {
        name: nameCodeDecisions.map,
        label: 'It has a name there',
        consequence: 'It leaves under that name from now on; everything that waits for it leaves in order.',
        fields: [{ name: 'externalValue', label: `What ${system} calls it`, kind: 'text' }],
      },
      {
        name: nameCodeDecisions.keep,
        label: 'It is called as we call it',
        consequence: 'It leaves as it is from now on; everything that waits for it leaves in order.',
      },
      {
        name: nameCodeDecisions.refuse,
        label: 'Do not send what uses it',
        consequence: 'Everything that waits for it is cancelled. The next one that uses it asks again.',
        reasonRequired: true,
      },
    ],
  }
}
