import { useNavigate } from '@tanstack/react-router'

interface Destination {
  /** Path of a screen; `.` stays on this one. */
  readonly page: string
  readonly search?: Readonly<Record<string, string>>
  /** Without a step back to what was before. */
  readonly replaces?: boolean
}

/** Leads to another screen. Where the router fails, the browser loads the page anew. */
export function useGo(): (destination: Destination) => void {
  const navigate = useNavigate()
  return ({ page, search = {}, replaces = false }) => {
    navigate({ to: page as never, search: search as never, replace: replaces }).catch(() => location.assign(page))
  }
}
