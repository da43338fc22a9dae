import { carrierReassignment } from './carrier-reassignment/process.ts'
import type { Definition } from './engine/definition.ts'

/** Every version of every process that an instance may still be in, alphabetical. */
export const definitions: readonly Definition[] = [carrierReassignment]
