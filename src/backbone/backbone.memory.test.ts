import { describe } from 'vitest'
import { backboneContract } from './backbone.contract.ts'
import { openMemory } from './contract/memory.contract.ts'

describe('memory backbone', () => backboneContract(openMemory))
