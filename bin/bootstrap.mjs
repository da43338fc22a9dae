import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'
import { allocator, collector } from './collector.mjs'
import { compileCache } from './compile-cache.mjs'
import { install } from './install.mjs'
import { whyNot } from './node-floor.mjs'
import { buildSite } from './site.mjs'
import { buildTower } from './tower.mjs'

// Behind `npm start` and `npm test`: installs what is missing, then runs on the Node that came with it. Node 20 is enough for this file.
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const programs = join(root, 'node_modules', '.bin')
const environment = {
  ...allocator,
  ...process.env,
  PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`,
  NODE_COMPILE_CACHE: compileCache(root),
}

/** What `npm test` holds besides the tests. These come last, whatever the others said: their count is the last line. */
const guards = [
  ['types', 'tsc', ['-b']],
  ['lint', 'oxlint', ['--type-aware', '-c', '.oxlintrc.json']],
  ['format', 'biome', ['check']],
]

async function test(args) {
  const failed = (await buildTower(root, environment)) === 0 ? [] : ['pages']
  if ((await buildSite(root, environment)) !== 0) failed.push('documentation')
  for (const [name, program, options] of guards) {
    console.error('— %s: %s', name, [program, options.join(' ')].join(' '))
    if ((await runHere(program, options)) !== 0) failed.push(name)
  }
  if (failed.length > 0) console.error(`— failed: ${failed.join(', ')}; the tests run all the same`)
  console.error('— tests: vitest run')
  const code = await runHere('vitest', ['run', ...args])
  return code === 0 && failed.length > 0 ? 1 : code
}

function runHere(program, options) {
  return run('node', [join(programs, program), ...options], { environment, directory: root })
}

async function start(args) {
  if ((await buildTower(root, environment)) !== 0)
    console.error('The control tower could not be built; see above. The hub runs without its pages.')
  // Beside the hub, which serves it as soon as it is there.
  const site = buildSite(root, environment).then((code) => {
    if (code !== 0) console.error('The documentation could not be built; the hub runs without it.')
  })
  const main = join(root, 'src', 'app', 'main.ts')
  const hub = run('node', [...collector, main, 'start', '--simulate', ...args], {
    environment,
    directory: process.cwd(),
    channel: true,
  })
  const [code] = await Promise.all([hub, site])
  return code
}

async function bootstrap([task, ...args]) {
  const tasks = { start, test }
  if (!Object.hasOwn(tasks, task ?? '')) {
    console.error('Usage: node bin/bootstrap.mjs start|test [arguments]')
    return 2
  }
  const installed = await install(root, environment)
  if (installed !== 0) {
    console.error('The install failed; see above.')
    return installed
  }
  const obstacle = whyNot('node', environment)
  if (obstacle !== undefined) {
    console.error(obstacle)
    return 1
  }
  return tasks[task](args)
}

process.exitCode = await bootstrap(process.argv.slice(2))
