import { withoutComments } from './source-tree.ts'

/** A demand on the hub from outside the project, with the tests that hold it to that. */
export interface Demand {
  readonly id: string
  readonly title: string
  /** Tests by file and title, word for word; or a group of tests by its title. */
  readonly proofs: readonly Proof[]
  /** What no test shows, and why. Needed where there is no test at all. */
  readonly open?: string
}

/** One test that exists. */
export interface Proof {
  readonly file: string
  readonly title: string
}

/** Several tests of one file. */
export function of(file: string, ...titles: readonly string[]): readonly Proof[] {
  return titles.map((title) => ({ file, title }))
}

/** What is wrong with the list: tests that there are not (any more), demands without test and without reason, demands named twice. */
export function faultsOf(demands: readonly Demand[], textOf: (file: string) => string | undefined): readonly string[] {
  const ids = demands.map(({ id }) => id)
  return demands.flatMap(({ id, proofs, open }, at) => [
    ...(ids.indexOf(id) === at ? [] : [`${id}: is in the list twice`]),
    ...(proofs.length > 0 || (open ?? '').length > 20 ? [] : [`${id}: has neither a test nor a reason`]),
    ...proofs.flatMap(({ file, title }) => {
      const text = textOf(file)
      if (text === undefined) return [`${id}: ${file} does not exist`]
      return isTested(text, title) ? [] : [`${id}: ${file} has no test "${title}"`]
    }),
  ])
}

/** Whether a test (or a group) of that title is there; one that is always skipped, or commented out, is none. */
function isTested(text: string, title: string): boolean {
  const code = withoutComments(text).replaceAll(/\b(?:test|it|describe)\.(?:skip|todo)\(\s*/g, 'never: ')
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`\\(\\s*(['"\`])${quoted}\\1`).test(code)
}
