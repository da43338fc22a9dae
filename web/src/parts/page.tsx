import { type ReactNode, useEffect } from 'react'
import { say } from '../words/words.ts'

interface PageProps {
  readonly title: string
  /** What it is the page of, where the title is only a number: somebody with ten windows sees which is which. */
  readonly kind?: string
  readonly children: ReactNode
}

/** A page with its title, which the window has, too. */
export function Page({ title, kind = '', children }: PageProps) {
  useEffect(() => {
    document.title = [title, kind, say('app.name')].filter((part) => part !== '').join(' · ')
  }, [title, kind])
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      {children}
    </>
  )
}

/** Parts of a page beside each other where there is room, in frames. */
export function Panels({ children }: { readonly children: ReactNode }) {
  return <div className="panels">{children}</div>
}

/** A part of a page under a heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
