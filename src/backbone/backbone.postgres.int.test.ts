import { describe } from 'vitest'
import { backboneContract } from './backbone.contract.ts'
import { sharedPostgres } from './contract/postgres.contract.ts'

describe('PostgreSQL backbone', () => backboneContract(sharedPostgres()))
