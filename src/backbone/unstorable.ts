import { identifierKey } from '../model/identifier.ts'
import type { Step } from './step.ts'

/** Where a step holds text that no database column takes: U+0000. Undefined when it holds none. */
export function findUnstorable(step: Step): { readonly table: string; readonly index: number } | undefined {
  for (const [table, rows] of tables(step)) {
    const index = rows.findIndex((texts) => texts.some((text) => text?.includes('\0') === true))
    if (index >= 0) return { table, index }
  }
  return undefined
}

type Texts = readonly (string | undefined)[]

function tables(step: Step): [string, Texts[]][] {
  return [
    ['facts', (step.facts ?? []).map(({ fact }) => [fact.subject])],
    ['states', (step.states ?? []).map(({ subject, tenant, body }) => [subject, tenant, body])],
    ['identifiers', (step.identifiers ?? []).map((claim) => [identifierKey(claim), claim.subject])],
    ['offers', (step.offers ?? []).map((claim) => [identifierKey(claim), claim.subject])],
    [
      'effects',
      (step.effects ?? []).map(({ payload, naturalKey, key, ...rest }) => [
        payload,
        naturalKey,
        key,
        rest.externalReference,
      ]),
    ],
    ['timers', (step.timers ?? []).map(({ subject, name }) => [subject, name])],
    [
      'parks',
      (step.parks ?? []).map(({ orderKey, code, detail, waitsFor }) => [orderKey, code, detail, ...(waitsFor ?? [])]),
    ],
  ]
}
