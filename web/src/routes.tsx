import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { documentKinds } from './screens/documents/document-kinds.ts'
import { Shell } from './shell/shell.tsx'
import { SignIn } from './shell/sign-in.tsx'
import { Welcome } from './shell/welcome.tsx'

const root = createRootRoute({ component: Outlet })
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell })

/** Screens by path. Each is loaded when somebody goes there. */
export const screens = {
  '/': lazyRouteComponent(() => import('./screens/home/home.tsx'), 'Home'),
  '/search': lazyRouteComponent(() => import('./screens/home/trace.tsx'), 'Trace'),
  '/checks/$id': lazyRouteComponent(() => import('./screens/watch/check.tsx'), 'Check'),
  '/exceptions': lazyRouteComponent(() => import('./screens/watch/exceptions.tsx'), 'Exceptions'),
  '/alerts': lazyRouteComponent(() => import('./screens/watch/alerts.tsx'), 'Alerts'),
  '/slas': lazyRouteComponent(() => import('./screens/watch/slas.tsx'), 'Slas'),
  '/slas/$id': lazyRouteComponent(() => import('./screens/watch/sla.tsx'), 'Sla'),
  '/tasks': lazyRouteComponent(() => import('./screens/tasks/tasks.tsx'), 'Tasks'),
  '/tasks/$id': lazyRouteComponent(() => import('./screens/tasks/task.tsx'), 'Task'),
  '/parked': lazyRouteComponent(() => import('./screens/messages/parked.tsx'), 'Parked'),
  '/shipments': lazyRouteComponent(() => import('./screens/shipment/shipments.tsx'), 'Shipments'),
  '/shipments/$id': lazyRouteComponent(() => import('./screens/shipment/shipment.tsx'), 'Shipment'),
  '/map': lazyRouteComponent(() => import('./screens/map/map.tsx'), 'ShipmentMap'),
  '/jobs': lazyRouteComponent(() => import('./screens/effects/jobs.tsx'), 'Jobs'),
  '/inventory': lazyRouteComponent(() => import('./screens/stock/inventory.tsx'), 'Inventory'),
  '/reconciliations': lazyRouteComponent(() => import('./screens/stock/reconciliations.tsx'), 'Reconciliations'),
  '/reconciliations/$id': lazyRouteComponent(() => import('./screens/stock/reconciliation.tsx'), 'Reconciliation'),
  '/master-data': lazyRouteComponent(() => import('./screens/master-data/master-data.tsx'), 'MasterData'),
  '/subscriptions': lazyRouteComponent(() => import('./screens/subscriptions/subscriptions.tsx'), 'Subscriptions'),
  '/subscriptions/$id': lazyRouteComponent(() => import('./screens/subscriptions/subscription.tsx'), 'Subscription'),
  '/system': lazyRouteComponent(() => import('./screens/system/system.tsx'), 'System'),
  '/flow': lazyRouteComponent(() => import('./screens/flow/flow.tsx'), 'Flow'),
  '/processes': lazyRouteComponent(() => import('./screens/process/processes.tsx'), 'Processes'),
  '/processes/$id': lazyRouteComponent(() => import('./screens/process/process.tsx'), 'Process'),
  '/effects': lazyRouteComponent(() => import('./screens/effects/effects.tsx'), 'Effects'),
  '/effects/$id': lazyRouteComponent(() => import('./screens/effects/effect.tsx'), 'Effect'),
  '/messages': lazyRouteComponent(() => import('./screens/messages/messages.tsx'), 'Messages'),
  '/messages/$id': lazyRouteComponent(() => import('./screens/messages/message.tsx'), 'Message'),
  '/partners': lazyRouteComponent(() => import('./screens/partners/partners.tsx'), 'Partners'),
  '/partners/$id': lazyRouteComponent(() => import('./screens/partners/partner.tsx'), 'Partner'),
  '/account': lazyRouteComponent(() => import('./screens/access/account.tsx'), 'Account'),
  '/access': lazyRouteComponent(() => import('./screens/access/access.tsx'), 'Access'),
  '/people': lazyRouteComponent(() => import('./screens/access/people.tsx'), 'People'),
  '/contracts': lazyRouteComponent(() => import('./screens/contracts/contracts.tsx'), 'Contracts'),
  '/contracts/$id': lazyRouteComponent(() => import('./screens/contracts/contract.tsx'), 'Contract'),
  '/catalogue': lazyRouteComponent(() => import('./screens/contracts/catalogue.tsx'), 'Catalogue'),
  '/privacy': lazyRouteComponent(() => import('./screens/privacy/privacy.tsx'), 'Privacy'),
  '/audit': lazyRouteComponent(() => import('./screens/access/audit.tsx'), 'Audit'),
} as const

const documents = lazyRouteComponent(() => import('./screens/documents/documents.tsx'), 'Documents')
const document = lazyRouteComponent(() => import('./screens/documents/document.tsx'), 'Document')

/** All addresses of the tower. What a query says stays text: a number in an address may have leading zeros. */
export function makeRouter() {
  const paths = [
    ...Object.entries(screens),
    ...documentKinds.flatMap((kind) => [[`/${kind}`, documents] as const, [`/${kind}/$id`, document] as const]),
  ]
  const within = paths.map(([path, component]) => createRoute({ getParentRoute: () => inside, path, component }))
  const outside = [
    createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignIn }),
    createRoute({ getParentRoute: () => root, path: '/welcome', component: Welcome }),
  ]
  return createRouter({
    routeTree: root.addChildren([inside.addChildren(within), ...outside]),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(search as Record<string, string>).toString()
      return text === '' ? '' : `?${text}`
    },
    // What was said and asked on the page of one object is not about another one.
    defaultRemountDeps: ({ routeId, params }) => ({ routeId, params }),
    scrollRestoration: true,
  })
}
