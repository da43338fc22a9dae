import { describe } from 'vitest'
import { folderContract } from './folder.contract.ts'
import { MemoryFolder } from './memory-folder.contract.ts'

describe('a folder of a test', () => {
  folderContract(async () => {
    const folder = new MemoryFolder()
    return { folder, clear: async () => folder.clear(), stop: async () => undefined }
  })
})
