import { dhlPush } from './dhl-push.ts'
import { freightProof, freightScan } from './freight.ts'
import type { Message } from './message.ts'
import type { ParcelCarrier } from './orders.ts'
import type { Proof } from './proof.ts'
import { type TrackerNews, trackerEvent } from './tracker.ts'

/** How a carrier tells its news. */
interface Voice {
  /** The last of the scans is the news; with a proof where that came with the delivery. */
  readonly scan: (news: TrackerNews) => Message['content']
  /** The proof is the news. */
  readonly proof: (news: TrackerNews & { readonly proof: Proof }) => Message['content']
}

/** Each carrier in its own words. */
export const voices: Readonly<Record<ParcelCarrier, Voice>> = {
  dhl: { scan: dhlPush, proof: dhlPush },
  easypost: { scan: trackerEvent, proof: trackerEvent },
  ltl: { scan: freightScan, proof: freightProof },
}
