/** The variables of a process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The environment of this process: nothing else in the product reads it. */
export function systemEnvironment(): Environment {
  return process.env
}

/** What child processes get: enough to find programs, what Node made of our sources, nothing secret, and no locale that changes how they sort or speak. */
export function childEnvironment(environment: Environment = systemEnvironment()): Record<string, string> {
  const cache = environment['NODE_COMPILE_CACHE']
  return {
    PATH: environment['PATH'] ?? '/usr/bin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }),
  }
}

/** INTERLINE_DATABASE_URL for `databaseUrl`. */
export function variableOf(name: string): string {
  return `${variablePrefix}${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

/** What the variables of the hub begin with. */
export const variablePrefix = 'INTERLINE_'
/** Variables that manifests refer to. */
export const secretPrefix = `${variablePrefix}SECRET_`
