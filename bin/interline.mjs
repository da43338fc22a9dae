#!/usr/bin/env -S node --max-semi-space-size=16 --heap-growing-percent=130 --v8-pool-size=1
import { existsSync } from 'node:fs'
import * as modules from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'
import { allocator, collector } from './collector.mjs'
import { compileCache } from './compile-cache.mjs'
import { isNewEnough, whyNot } from './node-floor.mjs'

// The command line on whatever Node a shell finds: itself if it is new enough, else the one that was installed with the hub.
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const main = join(root, 'src/app/main.ts')

if (isNewEnough(process.version)) {
  modules.enableCompileCache(compileCache(root))
  await import(main)
} else {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  const obstacle = whyNot(existsSync(own) ? own : process.execPath, process.env)
  if (obstacle === undefined) {
    process.exitCode = await run(own, [...collector, main, ...process.argv.slice(2)], {
      environment: { ...allocator, ...process.env, NODE_COMPILE_CACHE: compileCache(root) },
      directory: process.cwd(),
      channel: true,
    })
  } else {
    console.error(obstacle)
    process.exitCode = 1
  }
}
