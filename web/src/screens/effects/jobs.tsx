import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, hub, type RowOf } from '../../api/hub.ts'
import { Board } from '../../parts/board.tsx'
import { Page } from '../../parts/page.tsx'
import { Refusal } from '../../parts/refusal.tsx'
import { Status } from '../../parts/status.tsx'
import { When } from '../../parts/when.tsx'
import { may, useWho } from '../../shell/who.ts'
import { say as common } from '../../words/words.ts'
import { say } from './jobs.words.ts'
import { Replay } from './replay.tsx'

type Job = RowOf<'/v1/jobs'>
const verbs = ['pause', 'resume', 'cancel'] as const
type Verb = (typeof verbs)[number]

/** Long work in the background: how far it is, and what can be done about it. */
export function Jobs() {
  const { data: who } = useWho()
  const isAllowed = may(who?.scopes, 'replays:write')
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: ({ id, verb }: { readonly id: string; readonly verb: Verb }) =>
      answered(hub.POST(`/v1/jobs/{id}/${verb}`, { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['/v1/jobs'] }),
  })
  return (
    <Page title={common('nav.jobs')}>
      {isAllowed ? <Replay /> : null}
      {act.error === null ? null : <Refusal error={act.error} />}
      <Board
        path="/v1/jobs"
        title={common('nav.jobs')}
        keepsPlaces
        rowKey={({ id }) => id}
        filters={[
          {
            name: 'state',
            title: common('field.state'),
            values: ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'],
          },
        ]}
        columns={[
          {
            id: 'about',
            title: say('about'),
            cell: (job) => (
              <>
                {job.about} {job.dryRun ? <small>({say('dry')})</small> : null}
              </>
            ),
          },
          {
            id: 'state',
            title: common('field.state'),
            cell: ({ status }) => <Status code={status} tone={toneOf(status)} />,
          },
          { id: 'progress', title: say('progress'), sorts: {}, cell: (job) => <Progress job={job} /> },
          {
            id: 'started',
            title: say('started'),
            cell: ({ startedAt }) => (startedAt === null ? '' : <When at={startedAt} />),
          },
          { id: 'owner', title: say('owner'), cell: ({ owner }) => owner },
          { id: 'reason', title: say('reason'), cell: ({ reason }) => reason },
          {
            id: 'act',
            title: say('act'),
            sorts: {},
            cell: (job) => <Acts job={job} isAllowed={isAllowed} act={(verb) => act.mutate({ id: job.id, verb })} />,
          },
        ]}
      />
    </Page>
  )
}

interface ActsProps {
  readonly job: Job
  readonly isAllowed: boolean
  readonly act: (verb: Verb) => void
}

/** What the hub allows to do with a job, and the file of what failed. */
function Acts({ job: { about, allowed, failed, failuresUrl }, isAllowed, act }: ActsProps) {
  return (
    <Group gap="xs" wrap="nowrap">
      {verbs
        .filter((verb) => isAllowed && allowed.includes(verb))
        .map((verb) => (
          <Button
            key={verb}
            size="compact-xs"
            variant="default"
            aria-label={`${say(verb)}: ${about}`}
            onClick={() => act(verb)}
          >
            {say(verb)}
          </Button>
        ))}
      {failed === 0 ? null : (
        <a href={failuresUrl} download>
          {say('failures')}
        </a>
      )}
    </Group>
  )
}

/** A bar only where the end is known; otherwise what was done and how fast. */
function Progress({ job }: { readonly job: Job }) {
  const { total, done, failed, skipped, ratePerSecond, etaSeconds, about } = job
  const looked = done + failed + skipped
  const text = total === null ? say('unknown', { done, failed }) : say('known', { done, total, failed, skipped })
  const pace = ratePerSecond === null || job.status !== 'running' ? '' : `, ${say('rate', { rate: ratePerSecond })}`
  const rest = etaSeconds === null ? '' : `, ${say('eta', { seconds: etaSeconds })}`
  const share = total === null || total === 0 ? undefined : Math.min(100, Math.round((looked * 100) / total))
  return (
    <>
      {share === undefined ? null : (
        <div
          className="progress"
          role="progressbar"
          aria-label={about}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={share}
          aria-valuetext={text + pace + rest}
        >
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width={share} height="6" />
          </svg>
        </div>
      )}
      <small>{text + pace + rest}</small>
    </>
  )
}

function toneOf(status: string) {
  if (status === 'succeeded') return 'good'
  if (status === 'failed') return 'bad'
  return status === 'paused' || status === 'partly_failed' ? 'warn' : 'plain'
}
