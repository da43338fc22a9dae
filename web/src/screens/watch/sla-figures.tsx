import type { paths } from '../../api/schema.ts'
import { percentText } from '../../parts/percent.ts'
import { Status, type Tone } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { language } from '../../words/words.ts'
import { say } from './slas.words.ts'

/** A service level with its running period. */
export type SeenSla = paths['/v1/slas/{id}']['get']['responses']['200']['content']['application/json']
/** What was measured of a service level between two instants. */
export type SeenPeriod =
  paths['/v1/slas/{id}/periods']['get']['responses']['200']['content']['application/json']['data'][number]

const tones: Readonly<Record<SeenPeriod['state'], Tone>> = {
  met: 'good',
  at_risk: 'warn',
  used_up: 'bad',
  missed: 'bad',
  unknown: 'plain',
}

/** How a period stands: colour, form and text. */
export function SlaState({ state }: { readonly state: SeenPeriod['state'] }) {
  return <Status code={say(`state.${state}`)} tone={tones[state]} />
}

/** A share in percent; what nobody knows is said and is no figure. */
export function percentOf(value: number | null | undefined): string {
  if (value === null || value === undefined) return say('unknown')
  return percentText(value, language())
}

/** How much of the error budget is used, and until when it lasts. */
export function Budget({ period }: { readonly period: SeenPeriod | null }) {
  if (period === null || period.budgetUsed === null) return <>{say('unknown')}</>
  return (
    <>
      {percentOf(period.budgetUsed * 100)}
      {period.isOver ? null : (
        <>
          {' · '}
          {period.usedUpAt === null ? (
            say('lasts')
          ) : (
            <>
              {say('usedUp')} <When at={period.usedUpAt} />
            </>
          )}
        </>
      )}
    </>
  )
}

/** Whom it is about. */
export function aboutOf({ carrier, connections }: Pick<SeenSla, 'carrier' | 'connections'>): string {
  return carrier ?? connections?.join(', ') ?? say('everybody')
}
