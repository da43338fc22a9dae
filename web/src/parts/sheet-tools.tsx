import { Button, Checkbox, Group, Popover } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { rowsAsCsv } from '../api/hub.ts'
import { type Column, shownColumns } from './column.ts'
import { Refusal } from './refusal.tsx'
import { SavedViews } from './saved-views.tsx'
import { say } from './sheet.words.ts'
import type { View } from './view.ts'

interface ToolsProps<Row> {
  readonly title: string
  readonly name: string | undefined
  readonly source: string | undefined
  readonly view: View
  readonly columns: readonly Column<Row>[]
}

/** Columns, density, kept views, and the way to a file. */
export function SheetTools<Row>({ title, name, source, view, columns }: ToolsProps<Row>) {
  return (
    <div role="group" aria-label={`${title}: ${say('views')}`} className="sheet-tools">
      <Columns columns={columns} view={view} />
      <Button
        size="compact-sm"
        variant="default"
        aria-pressed={view.isDense}
        onClick={() => view.change({ isDense: !view.isDense })}
      >
        {say('dense')}
      </Button>
      <SavedViews name={name} />
      {source === undefined ? null : <Csv source={source} title={title} />}
    </div>
  )
}

/** Which columns, in which order; by keyboard like anything else. */
function Columns<Row>({ columns, view }: Pick<ToolsProps<Row>, 'columns' | 'view'>) {
  const shown = shownColumns(columns, view.columns)
  const ids = shown.map(({ id }) => id)
  const all = [...shown, ...columns.filter(({ id }) => !ids.includes(id))]
  const want = (wanted: readonly string[]): void => view.change({ columns: wanted })
  const move = (id: string, by: number): void => {
    const at = ids.indexOf(id)
    const rest = ids.filter((one) => one !== id)
    want([...rest.slice(0, at + by), id, ...rest.slice(at + by)])
  }
  return (
    <Popover trapFocus withinPortal={false} transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button size="compact-sm" variant="default">
          {say('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('columns')} className="sheet-columns">
        {all.map(({ id, title }) => {
          const at = ids.indexOf(id)
          return (
            <Group key={id} gap="xs" wrap="nowrap" justify="space-between">
              <Checkbox
                size="md"
                label={title}
                checked={at >= 0}
                disabled={at >= 0 && ids.length === 1}
                onChange={() => want(at >= 0 ? ids.filter((one) => one !== id) : [...ids, id])}
              />
              <Group gap={4} wrap="nowrap">
                {([-1, 1] as const).map((by) => (
                  <Button
                    key={by}
                    size="compact-sm"
                    variant="default"
                    aria-label={say(by < 0 ? 'up' : 'down', { column: title })}
                    disabled={at < 0 || at + by < 0 || at + by >= ids.length}
                    onClick={() => move(id, by)}
                  >
                    {by < 0 ? '↑' : '↓'}
                  </Button>
                ))}
              </Group>
            </Group>
          )
        })}
        <Button size="compact-sm" mt="xs" variant="default" onClick={() => want([])}>
          {say('columns.usual')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

/** All rows of all pages, written by the hub: not only what is here. */
function Csv({ source, title }: { readonly source: string; readonly title: string }) {
  const save = useMutation({
    mutationFn: async () => {
      const text = await rowsAsCsv(source)
      const link = document.createElement('a')
      // Spreadsheets know by its first bytes that a file is UTF-8.
      link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }))
      link.download = `${title}.csv`
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
      return text.split('\r\n').length - 2
    },
  })
  return (
    <>
      <Button size="compact-sm" variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {say('csv')}
      </Button>
      <span role="status">
        {save.isPending ? say('csv.busy') : save.data === undefined ? '' : say('csv.done', { count: save.data })}
      </span>
      {save.error === null ? null : <Refusal error={save.error} />}
    </>
  )
}
