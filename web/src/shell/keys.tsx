import { Modal } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { wording } from '../words/words.ts'

const say = wording({
  en: {
    title: 'Keys',
    search: 'Search any reference',
    filter: 'Filter this list, or search',
    rows: 'Next and previous row; news wait meanwhile',
    ends: 'First and last row',
    mark: 'Select the row, where rows can be selected',
    open: 'Open the row',
    leave: 'Leave the rows, close a dialog',
    help: 'This help',
  },
  de: {
    title: 'Tasten',
    search: 'Jede Referenz suchen',
    filter: 'Diese Liste filtern oder suchen',
    rows: 'Nächste und vorige Zeile; Neues wartet so lange',
    ends: 'Erste und letzte Zeile',
    mark: 'Zeile auswählen, wo das geht',
    open: 'Zeile öffnen',
    leave: 'Zeilen verlassen, Dialog schließen',
    help: 'Diese Hilfe',
  },
})

const keys = [
  ['Ctrl K', 'search'],
  ['/', 'filter'],
  ['j  k  ↓  ↑', 'rows'],
  ['Home  End', 'ends'],
  ['x', 'mark'],
  ['Enter', 'open'],
  ['Esc', 'leave'],
  ['?', 'help'],
] as const

/** `?` says what can be done by keyboard. */
export function Keys() {
  const [isOpen, { open, close }] = useDisclosure(false)
  useHotkeys([
    ['shift+?', open],
    ['?', open],
  ])
  return (
    <Modal opened={isOpen} onClose={close} title={say('title')} transitionProps={{ duration: 0 }}>
      <dl className="facts">
        {keys.map(([key, word]) => (
          <div key={key} className="key">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
