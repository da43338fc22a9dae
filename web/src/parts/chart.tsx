import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { language, locale } from '../words/words.ts'
import { zone } from './zone.ts'

interface ChartProps {
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[]
  /** Null where nobody knew: the line has a gap there. */
  readonly values: readonly (number | null)[]
  readonly label: string
  /** Where something was the matter: the same figures there, null elsewhere. They are drawn thicker. */
  readonly marks?: readonly (number | null)[]
  /** IANA name of the zone in which the times are written; without it the zone in which all times are shown. */
  readonly timeZone?: string
}

/** Figures over time, each holding until the next one. What it shows is in a table beside it: nobody needs to see a line. */
export function Chart({ times, values, label, marks, timeZone = zone() }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = frame.current
    if (place === null) return
    const colour = getComputedStyle(place).color
    const grid = { stroke: 'color-mix(in srgb, currentColor 20%, transparent)', width: 1 }
    const axis = { stroke: colour, grid: { ...grid, stroke: 'rgba(128, 128, 128, 0.25)' } }
    const timesAxis = {
      ...axis,
      values: (_: uPlot, splits: number[], __: number, ___: number, seconds: number) =>
        namesOf(splits, { seconds, timeZone }),
    }
    const figuresAxis = {
      ...axis,
      values: (_: uPlot, splits: number[]) => splits.map((one) => one.toLocaleString(language())),
    }
    const steps = uPlot.paths.stepped?.({ align: 1 })
    const paths = steps === undefined ? {} : { paths: steps }
    const chart = new uPlot(
      {
        width: place.clientWidth,
        height: 220,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
        axes: [timesAxis, figuresAxis],
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone === 'UTC' ? 'Etc/UTC' : timeZone),
        series: [
          {},
          { label, stroke: colour, width: 2, ...paths },
          ...(marks === undefined ? [] : [{ label: `${label} !`, stroke: '#c92a2a', width: 6, ...paths }]),
        ],
      },
      [[...times], [...values], ...(marks === undefined ? [] : [[...marks]])],
      place,
    )
    const resize = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: 220 }))
    resize.observe(place)
    return () => {
      resize.disconnect()
      chart.destroy()
    }
  }, [times, values, label, marks, timeZone])
  return <div ref={frame} role="img" aria-label={label} />
}

const day = 86_400
const month = 28 * day

/** What stands at the axis of times, so far apart: hours with the day beneath where one begins, days, or months. */
function namesOf(
  splits: readonly number[],
  { seconds, timeZone }: { readonly seconds: number; readonly timeZone: string },
): string[] {
  const written = (at: number, fields: Intl.DateTimeFormatOptions): string =>
    new Date(at * 1000).toLocaleString(locale(), { timeZone, ...fields })
  if (seconds >= month) return splits.map((at) => written(at, { month: 'short', year: 'numeric' }))
  const dayName = (at: number): string => written(at, { day: '2-digit', month: '2-digit' })
  if (seconds >= day) return splits.map(dayName)
  return splits.map((at, index) => {
    const before = splits[index - 1]
    const clock = written(at, { hour: '2-digit', minute: '2-digit', ...(seconds < 60 ? { second: '2-digit' } : {}) })
    return before === undefined || dayName(before) !== dayName(at) ? `${clock}\n${dayName(at)}` : clock
  })
}
