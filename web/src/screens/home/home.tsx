import { useWho } from '../../shell/who.ts'
import { Portal } from '../portal/portal.tsx'
import { Overview } from './overview.tsx'

/** Where somebody lands: people of a partner at what is theirs. */
export function Home() {
  const { data: who } = useWho()
  if (who === undefined) return null
  return who.partner === undefined ? <Overview /> : <Portal partner={who.partner} />
}
