import { parseAst } from 'vitest/node'
import { readTree } from '../../tools/source-tree.ts'

/** Where sentences are written, and under which names. */
export interface Said {
  readonly places: readonly string[]
  /** Folders among them whose texts are for others. */
  readonly except?: readonly string[]
  /** Members whose texts people read. */
  readonly members: readonly string[]
  /** What writes a sentence, or a part of one, under another name: every text in it that is no single word. */
  readonly writers: readonly string[]
}

/**
 * What the hub says there, with names in braces for what is found at run time. Such a sentence is made by a function, so that it is
 * read from the source: every text that it can be, with the texts that stand in for what is not known.
 */
export function formsOfSaid({ places, except = [], members, writers }: Said): ReadonlySet<string> {
  const files = readTree(places).filter(
    ({ path }) => !/\.(?:test|contract)\.ts$/.test(path) && !except.some((folder) => path.startsWith(folder)),
  )
  const reading = { members, writers, locals: [] }
  const said = files.flatMap(({ text }) => formsIn(parseAst(text, { lang: 'ts' }) as unknown as Node, reading))
  return new Set(said.filter((one) => !one.startsWith(' ') && /[a-z]{2}/i.test(one.replaceAll(/\{\w+\}/g, ''))))
}

interface Node {
  readonly type: string
  readonly [member: string]: unknown
}
/** Constants of the functions around, by name, the inner ones last. */
type Locals = readonly ReadonlyMap<string, Node>[]

interface Reading extends Pick<Said, 'members' | 'writers'> {
  readonly locals: Locals
}

function formsIn(node: Node, { members, writers, locals: around }: Reading): readonly string[] {
  const locals = node.type === 'BlockStatement' ? [...around, constantsOf(node)] : around
  const name = nameOf(node)
  if (isStep(node)) return []
  const own =
    node.type === 'Property' && members.includes(name)
      ? formsOf(node['value'] as Node, locals)
      : writers.includes(name) && ['FunctionDeclaration', 'VariableDeclarator'].includes(node.type)
        ? textsIn(node, locals)
        : []
  return [...own, ...childrenOf(node).flatMap((child) => formsIn(child, { members, writers, locals }))]
}

/** A way out of a state has a label, too: it belongs to the description of the process. */
function isStep(node: Node): boolean {
  return node.type === 'ObjectExpression' && childrenOf(node).some((one) => nameOf(one) === 'awaits')
}

/** The texts that an expression, or what a function returns, can be; none where it is no text. */
function formsOf(node: Node, locals: Locals): readonly string[] {
  const of = (member: string): readonly string[] => formsOf(node[member] as Node, locals)
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : []
    case 'TemplateLiteral':
      return templates(node, locals)
    case 'ConditionalExpression': {
      const ways = ['consequent', 'alternate'].map(
        (member) => [of(member), `{${wordOf(node[member] as Node)}}`] as const,
      )
      return ways.every(([forms]) => forms.length === 0)
        ? []
        : ways.flatMap(([forms, value]) => (forms.length > 0 ? forms : [value]))
    }
    case 'ParenthesizedExpression':
      return of('expression')
    case 'ArrowFunctionExpression': {
      const body = node['body'] as Node
      return body.type === 'BlockStatement' ? returned(body, [...locals, constantsOf(body)]) : formsOf(body, locals)
    }
    case 'Identifier': {
      const constant = locals.findLast((one) => one.has(nameOf(node)))?.get(nameOf(node))
      return constant === undefined ? [] : formsOf(constant, locals)
    }
    default:
      return []
  }
}

function templates(node: Node, locals: Locals): readonly string[] {
  const texts = (node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]).map(
    ({ value }) => value.cooked,
  )
  const expressions = node['expressions'] as readonly Node[]
  const instead = expressions.flatMap((one) => standIns(one))
  const whole = expressions.reduce<readonly string[]>(
    (begun, expression, at) => {
      const forms = formsOf(expression, locals)
      const ways = forms.length > 0 ? forms : [`{${wordOf(expression)}}`]
      return begun.flatMap((one) => ways.map((way) => `${one}${way}${texts[at + 1] ?? ''}`))
    },
    [texts[0] ?? ''],
  )
  return [...whole.map(numbered), ...instead]
}

/** Two values of one name in a text are told apart. */
function numbered(form: string): string {
  const seen = new Map<string, number>()
  return form.replaceAll(/\{([a-z]+)\d*\}/gi, (_, name: string) => {
    const n = (seen.get(name) ?? 0) + 1
    seen.set(name, n)
    return n === 1 ? `{${name}}` : `{${name}${n}}`
  })
}

/** What is said where a value is not known. */
function standIns(node: Node): readonly string[] {
  if (node.type !== 'LogicalExpression') return []
  const right = node['right'] as Node
  return right.type === 'Literal' && typeof right['value'] === 'string' ? [right['value']] : standIns(right)
}

function wordOf(node: Node): string {
  const inner = ['expression', 'left', 'argument'].map((member) => node[member] as Node | undefined).find(Boolean)
  if (inner !== undefined) return wordOf(inner)
  if (node.type === 'CallExpression') return wordOf(node['callee'] as Node)
  if (node.type !== 'MemberExpression') return node.type === 'Identifier' ? nameOf(node) : 'it'
  const property = node['property'] as Node
  if (property.type !== 'Identifier' || node['computed'] === true) return wordOf(node['object'] as Node)
  const isStep = ['filter', 'flatMap', 'join', 'map', 'replaceAll', 'slice', 'value'].includes(nameOf(property))
  return isStep ? wordOf(node['object'] as Node) : nameOf(property)
}

function returned(node: Node, locals: Locals): readonly string[] {
  if (node.type === 'ReturnStatement') return node['argument'] === null ? [] : formsOf(node['argument'] as Node, locals)
  return childrenOf(node)
    .filter(({ type }) => !type.includes('Function'))
    .flatMap((child) => returned(child, locals))
}

function textsIn(node: Node, around: Locals): readonly string[] {
  const locals = node.type === 'BlockStatement' ? [...around, constantsOf(node)] : around
  const own = ['Literal', 'TemplateLiteral'].includes(node.type) ? formsOf(node, locals) : []
  return [...own.filter((one) => one.includes(' ')), ...childrenOf(node).flatMap((child) => textsIn(child, locals))]
}

function constantsOf(block: Node): ReadonlyMap<string, Node> {
  const declared = (block['body'] as readonly Node[])
    .filter(({ type }) => type === 'VariableDeclaration')
    .flatMap((one) => one['declarations'] as readonly Node[])
  return new Map(
    declared.flatMap((one) => (one['init'] === null || nameOf(one) === '' ? [] : [[nameOf(one), one['init'] as Node]])),
  )
}

/** Of an identifier, or of what a declaration or a member is called. */
function nameOf(node: Node): string {
  const named = (node['id'] ?? node['key'] ?? node) as Node
  return typeof named['name'] === 'string' ? named['name'] : ''
}

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node)
    .flat()
    .filter((one): one is Node => typeof one === 'object' && one !== null && 'type' in one)
}
