import { conclusionsContract } from './contract/conclusions.contract.ts'
import { inboxContract } from './contract/inbox.contract.ts'
import { ledgerContract } from './contract/ledger.contract.ts'
import { logContract } from './contract/log.contract.ts'
import { parkingContract } from './contract/parking.contract.ts'
import { retentionContract } from './contract/retention.contract.ts'
import type { OpenHarness } from './contract/rows.contract.ts'
import { storesContract } from './contract/stores.contract.ts'

/** The one conformance suite of every backbone. `open` gives a fresh, empty one with `partitions` partitions. */
export function backboneContract(open: OpenHarness): void {
  inboxContract(open)
  logContract(open)
  parkingContract(open)
  ledgerContract(open)
  conclusionsContract(open)
  storesContract(open)
  retentionContract(open)
}
