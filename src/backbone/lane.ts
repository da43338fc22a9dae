import { shortHash } from '../base/sha256.ts'
import type { NewEffect } from './step.ts'

/** Id of the lane (tenant, target, key): the same in every implementation and after every restart. */
export function laneId({ tenant, target, key }: Pick<NewEffect, 'tenant' | 'target' | 'key'>): string {
  return `lan_${shortHash(JSON.stringify([tenant, target, key]))}`
}
