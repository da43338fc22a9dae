import { spawnSync } from 'node:child_process'
import { root } from './source-tree.ts'

// What a person runs before every commit: types, lint, format and the tests that need nothing outside. Seconds, not minutes.
const steps: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '-c', '.oxlintrc.json', 'src', 'test', 'tools', 'bench'] },
  { name: 'format', command: ['biome', 'check', '.'] },
  {
    name: 'pure tests',
    command: [
      'vitest',
      'run',
      'src/base',
      'src/model',
      'src/edi',
      'src/processes',
      'src/connectors',
      'test/architecture.test.ts',
      'test/tidy.test.ts',
      'test/generated.test.ts',
      '--exclude',
      '**/*.int.test.ts',
    ],
  },
]

const failed = steps.filter(({ name, command: [tool = '', ...args] }) => {
  const started = performance.now()
  const { status } = spawnSync(tool, args, { cwd: root, stdio: 'inherit' })
  process.stdout.write(
    `${status === 0 ? 'ok    ' : 'failed'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
  )
  return status !== 0
})

// Dead exports are a hint, not a verdict: small files export types that only tests name.
spawnSync('knip', ['--no-exit-code', '--no-progress'], { cwd: root, stdio: 'inherit' })

process.exitCode = failed.length === 0 ? 0 : 1
