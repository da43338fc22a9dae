import type { Pool } from 'pg'
import { Projector } from '../flow/advance/project.ts'
import { Stocktake } from '../flow/advance/stocktake.ts'
import type { FlowNode } from '../flow/node.ts'
import { Replayer } from '../flow/replay/replay.ts'
import { Steward } from '../flow/stewardship/steward.ts'
import type { Translations } from '../registry/translations.ts'
import { stockedItems } from '../views/stock.ts'
import { transmissionRows } from '../views/transmissions.ts'
import type { Settings } from './settings/settings.ts'
import { openViews } from './views.ts'

/** What the readers of a hub work with. */
export interface ReaderOptions {
  readonly settings: Settings
  readonly pool: Pool
  readonly translations: Translations
}

/** Starts the loops that read what is written already: into lists and stocktakes, and again where codes have become known or a replay is wanted. */
export function startReaders(node: FlowNode, { settings, pool, translations }: ReaderOptions): void {
  const { place, intake } = node
  const projector = new Projector(place, openViews(pool))
  node.run('views', () => projector.round(), viewsMilliseconds)
  const stocktake = new Stocktake(place, intake, (...page) => stockedItems(pool, ...page))
  node.run('stocktakes', () => stocktake.round(), 1000)
  const steward = new Steward(place, intake, {
    registry: translations,
    unwritten: () => transmissionRows(pool).unwritten(),
  })
  if (settings.roles.includes('translate'))
    node.run('codes', () => steward.round(), settings.pollMilliseconds, place.bells.codes)
  const replayer = new Replayer(place, intake)
  node.run('replays', () => replayer.round(), settings.pollMilliseconds)
}

/** Lists may lag behind by this; what changed ten times meanwhile is written once. */
const viewsMilliseconds = 250
