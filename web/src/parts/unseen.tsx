import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { say } from '../words/words.ts'

/** How much has changed behind rows that are held, and the way to see it. Readers of screens are told at most every ten seconds. */
export function Unseen({ count, show }: { readonly count: number | undefined; readonly show: () => void }) {
  const [spoken, speak] = useState(count)
  useEffect(() => {
    const timer = setTimeout(() => speak(count), spoken === undefined || count === undefined ? 0 : speakMs)
    return () => clearTimeout(timer)
  }, [count, spoken])
  const text = (changed: number): string => say('list.unseen', { count: changed })
  return (
    <div className="unseen">
      {count === undefined ? null : (
        <Button size="compact-sm" radius="xl" onClick={show}>
          {text(count)}
        </Button>
      )}
      <span role="status" className="for-readers">
        {spoken === undefined ? '' : text(spoken)}
      </span>
    </div>
  )
}

const speakMs = 10_000
