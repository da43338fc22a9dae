import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { connectors } from '../connectors/all.ts'

interface Declared {
  readonly connections?: readonly {
    readonly id: string
    readonly connector: string
    readonly settings?: Readonly<Record<string, unknown>>
  }[]
}

/**
 * Puts a network where a hub finds it when it starts. Secrets may stand in it as they are: they are taken out into files, because a
 * manifest must not hold them.
 */
export function declareNetwork(
  directory: string,
  network: unknown,
  {
    source = 'network',
    file = 'network.json',
  }: { readonly source?: 'network' | 'simulated'; readonly file?: string } = {},
): void {
  const secrets = join(directory, 'secrets')
  const path = join(directory, source, file)
  mkdirSync(dirname(path), { recursive: true })
  mkdirSync(secrets, { recursive: true })
  let count = 0
  const hidden = (text: string): { readonly file: string } => {
    const name = `${source}-${++count}`
    writeFileSync(join(secrets, name), text, { mode: 0o600 })
    return { file: name }
  }
  const { connections = [], ...others } = network as Declared & Readonly<Record<string, unknown>>
  const told = {
    ...Object.fromEntries(
      Object.entries(others).map(([section, entries]) => [section, withoutSecrets(entries, hidden)]),
    ),
    connections: connections.map(({ settings = {}, ...connection }) => {
      const fields = connectors.find(({ id }) => id === connection.connector)?.settings ?? {}
      const kept = Object.entries(settings).map(([name, value]) => {
        const isShown = fields[name]?.secret === true && typeof value === 'string'
        return [name, isShown ? hidden(value) : value]
      })
      return { ...connection, settings: Object.fromEntries(kept) as unknown }
    }),
  }
  writeFileSync(path, JSON.stringify(told, null, 2))
}

/** Passwords and passphrases of pick-ups, drops, mailboxes and AS2 partners. */
function withoutSecrets(entries: unknown, hidden: (text: string) => object): unknown {
  if (!Array.isArray(entries)) return entries
  return entries.map((entry: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(entry).map(([name, value]) => [
        name,
        ['passphrase', 'password'].includes(name) && typeof value === 'string' ? hidden(value) : value,
      ]),
    ),
  )
}
