import { type ReactNode, useEffect } from 'react'
import { say } from '../words/words.ts'

/** A page with its title, which the window has, too. */
export function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${say('app.name')}`
  }, [title])
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
