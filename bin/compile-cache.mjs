import { join } from 'node:path'

/**
 * Where Node keeps what it made of our sources: without it every start strips and compiles them all anew, half of what a short command
 * takes. In our own folder, because whoever may write there decides what runs; a folder that cannot be written is no error.
 */
export function compileCache(root) {
  return process.env.NODE_COMPILE_CACHE ?? join(root, '.build', 'compile-cache')
}
