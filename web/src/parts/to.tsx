import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface ToProps {
  /** Path of a screen: `/tasks`, or `/tasks/$id` with an id. */
  readonly page: string
  readonly id?: string
  /** Filters of a list. */
  readonly search?: Readonly<Record<string, string>>
  /** Says more than what is shown, to who listens. */
  readonly label?: string
  readonly className?: string
  /** Another link that the keyboard reaches leads to the same. */
  readonly isPassedOver?: boolean
  readonly children: ReactNode
}

/** A link to another screen. */
export function To({ page, id, search, label, className = '', isPassedOver = false, children }: ToProps) {
  return (
    <Link
      className={className}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(isPassedOver ? { tabIndex: -1 } : {})}
      to={page as never}
      params={{ id } as never}
      search={(search ?? {}) as never}
    >
      {children}
    </Link>
  )
}
