import { runProgram } from '../../src/app/terminal/program.ts'

/** What a command line wrote, and how it ended. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** One command line in this process, as in a terminal that nobody watches. */
export async function commandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  { isWatched = false }: { readonly isWatched?: boolean } = {},
): Promise<Ended> {
  let out = ''
  let error = ''
  const terminal = {
    out: (text: string) => void (out += text),
    error: (text: string) => void (error += text),
    isWatched,
    columns: 100,
  }
  const code = await runProgram(args, terminal, environment)
  return { code, out, error }
}
