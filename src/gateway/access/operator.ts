import { InterlineError } from '../../base/errors.ts'

/** The tenant of whoever runs the hub: of the folders that a start applies, the first key and the first administrator. */
const operatorTenant = 'main'

/** Whether this tenant is shown what is of the whole hub. */
export function runsTheHub(tenant: string): boolean {
  return tenant === operatorTenant
}

/** Throws OPERATOR_ONLY. */
export function demandOperator(tenant: string): void {
  if (!runsTheHub(tenant)) throw new InterlineError('OPERATOR_ONLY')
}
