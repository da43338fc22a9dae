import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

interface ChartProps {
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[]
  /** Null where nobody knew: the line has a gap there. */
  readonly values: readonly (number | null)[]
  readonly label: string
  /** Where something was the matter: the same figures there, null elsewhere. They are drawn thicker. */
  readonly marks?: readonly (number | null)[]
}

/** Figures over time, each holding until the next one. What it shows is in a table beside it: nobody needs to see a line. */
export function Chart({ times, values, label, marks }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = frame.current
    if (place === null) return
    const colour = getComputedStyle(place).color
    const grid = { stroke: 'color-mix(in srgb, currentColor 20%, transparent)', width: 1 }
    const axis = { stroke: colour, grid: { ...grid, stroke: 'rgba(128, 128, 128, 0.25)' } }
    const steps = uPlot.paths.stepped?.({ align: 1 })
    const paths = steps === undefined ? {} : { paths: steps }
    const chart = new uPlot(
      {
        width: place.clientWidth,
        height: 220,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
        axes: [axis, axis],
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
  }, [times, values, label, marks])
  return <div ref={frame} role="img" aria-label={label} />
}
