import type { NodeAtWork } from '../gateway.ts'
import type { TrackingDesk } from './desk.ts'
import { followUrl, mailLanguage, newsValues, type Teller, tellFollower, toldOf } from './notice.ts'
import { parcelOf } from './parcel.ts'
import { storyOf } from './story.ts'

/** Followers that one round looks at. */
const followersAtOnce = 100

/**
 * Tells those who follow shipments what is new to a reader: state, what explains it, or the day. Rounds of several instances meet in the
 * identity of what they tell. True where more may be due.
 */
export async function tellFollowers(
  teller: Teller & {
    readonly node: Pick<NodeAtWork, 'place'>
    readonly now: () => number
    readonly tracking: TrackingDesk
  },
): Promise<boolean> {
  const { followers, brandOf } = teller.tracking
  const due = await followers.due(followersAtOnce)
  for (const follower of due) {
    const parcel = await parcelOf(teller.node, follower)
    if (parcel !== undefined && parcel.id !== follower.shipment) {
      await followers.move({ id: follower.id, shipment: parcel.id })
      continue
    }
    const story = parcel === undefined ? undefined : storyOf(parcel.state, teller.now())
    const told = story === undefined ? follower.told : toldOf(story)
    const brand = brandOf(follower.tenant)
    if (story !== undefined && told !== follower.told && brand.channel !== '') {
      const url = followUrl(teller, follower)
      await tellFollower(teller, follower, {
        event: 'tracking_changed',
        identity: `tracking_changed:${follower.id}:${follower.version}`,
        number: story.number ?? '',
        values: { ...newsValues(story, mailLanguage(follower.language), brand), url },
        brand,
      })
    }
    const isLast = story?.state === 'delivered' || story?.detail === 'returned' || story?.detail === 'cancelled'
    await followers.told({ id: follower.id, version: follower.version, told, isLast })
  }
  return due.length === followersAtOnce
}
