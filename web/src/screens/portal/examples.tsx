import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answered, hub } from '../../api/hub.ts'
import type { paths } from '../../api/schema.ts'
import { Refusal } from '../../parts/refusal.tsx'
import { say } from './portal.words.ts'

type Answer = paths['/v1/connections/{connection}/examples']['get']['responses']['200']['content']['application/json']
/** A document in base64, and how it is sent. */
export type Sample = Pick<Answer['data'][number], 'content' | 'contentType'>

interface ExamplesProps {
  readonly connection: string
  readonly onTry: (sample: Sample) => void
  readonly isBusy: boolean
}

/** Documents that the connection takes as they are: to look at, to take along, or to be tried with one click. */
export function Examples({ connection, onTry, isBusy }: ExamplesProps) {
  const { data, error } = useQuery({
    queryKey: ['examples', connection],
    queryFn: () => answered(hub.GET('/v1/connections/{connection}/examples', { params: { path: { connection } } })),
    staleTime: 300_000,
  })
  if (error !== null) return <Refusal error={error} />
  if (data === undefined) return null
  return (
    <>
      <h3>{say('examples')}</h3>
      <p>{say(data.data.length === 0 ? 'noExamples' : 'examplesAbout')}</p>
      {data.data.length === 0 ? null : <Chosen key={connection} examples={data.data} {...{ onTry, isBusy }} />}
      {data.withheld.map(({ file, reason }) => (
        <p key={file}>{say('withheld', { file, reason })}</p>
      ))}
    </>
  )
}

function Chosen({
  examples,
  onTry,
  isBusy,
}: Omit<ExamplesProps, 'connection'> & { readonly examples: Answer['data'] }) {
  const [chosen, setChosen] = useState(examples[0]?.file)
  const example = examples.find(({ file }) => file === chosen) ?? examples[0]
  if (example === undefined) return null
  const { file, content, contentType } = example
  return (
    <>
      <div className="filters">
        <NativeSelect
          label={say('exampleFile')}
          data={examples.map((one) => one.file)}
          value={file}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <Button disabled={isBusy} onClick={() => onTry({ content, contentType })}>
          {say('tryExample')}
        </Button>
        <Button component="a" variant="default" href={`data:${contentType};base64,${content}`} download={file}>
          {say('download')}
        </Button>
      </div>
      <details>
        <summary>{say('show', { file })}</summary>
        <pre className="raw" tabIndex={0} role="region" aria-label={file}>
          {textOf(content)}
        </pre>
      </details>
    </>
  )
}

function textOf(content: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(content), (one) => one.charCodeAt(0)))
}
