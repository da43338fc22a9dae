import { parseAst } from 'vitest/node'
import { readTree } from '../../tools/source-tree.ts'

interface Node {
  readonly type: string
  readonly [member: string]: unknown
}

/**
 * Names that evidence of tasks has: those that are written where it is made, and those of what a process knows and compares, which it hands on
 * as it is.
 */
export function evidenceMembers(): ReadonlySet<string> {
  const files = readTree(['src/processes', 'src/model/stock', 'src/flow/translate'])
  const own = files.filter(({ path }) => !/\.(?:test|contract)\.ts$/.test(path) && !path.includes('/notification/'))
  return new Set(
    own.flatMap(({ path, text }) => {
      const tree = parseAst(text, { lang: 'ts' }) as unknown as Node
      return [...madeIn(tree), ...(/\/(?:known|matching)\.ts$/.test(path) ? declaredIn(tree) : [])]
    }),
  )
}

function madeIn(node: Node): readonly string[] {
  const made = (node['value'] ?? node['init'] ?? node['body']) as Node | null | undefined
  const isMade = ['FunctionDeclaration', 'Property', 'VariableDeclarator'].includes(node.type)
  const own = isMade && made !== null && made !== undefined && nameOf(node) === 'evidence' ? keysIn(made) : []
  return [...own, ...childrenOf(node).flatMap(madeIn)]
}

function keysIn(node: Node): readonly string[] {
  const own = node.type === 'Property' ? [nameOf(node)] : []
  return [...own, ...childrenOf(node).flatMap(keysIn)].filter((name) => name !== '')
}

function declaredIn(node: Node): readonly string[] {
  const own = node.type === 'TSPropertySignature' ? [nameOf(node)] : []
  return [...own, ...childrenOf(node).flatMap(declaredIn)]
}

function nameOf(node: Node): string {
  const named = (node['id'] ?? node['key'] ?? node) as Node
  return typeof named['name'] === 'string' ? named['name'] : ''
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node)
    .flat()
    .filter((one): one is Node => typeof one === 'object' && one !== null && 'type' in one)
}
