import type { Route } from './route.ts'
import { createClient, listClients, revokeClient, rotateClient } from './routes/access/clients.ts'
import { beginSignIn, endByProvider, finishSignIn, listWaysIn } from './routes/access/identity-providers.ts'
import { createKey, listKeys, revokeKey, rotateKey } from './routes/access/keys.ts'
import { issueToken, readAuthorizationServer, readSigningKeys } from './routes/access/oauth.ts'
import {
  changePerson,
  endSessionsOfPerson,
  invitePerson,
  linkPerson,
  listPeople,
  resetSecondFactor,
  unlinkPerson,
} from './routes/access/people.ts'
import { listRoles } from './routes/access/roles.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  endOtherSessions,
  listSessions,
} from './routes/access/second-factor.ts'
import { changePassword, createSession, endSession, readSession, showCode } from './routes/access/session.ts'
import { followWelcome } from './routes/access/welcome.ts'
import { businessDocuments } from './routes/business/business-documents.ts'
import { asyncapiDocument, openapiDocument, problemPage } from './routes/business/documents.ts'
import { listExpectations } from './routes/business/expectations.ts'
import {
  importMasterData,
  listMasterData,
  listMasterDataVersions,
  putMasterData,
  readMasterData,
} from './routes/business/master-data.ts'
import { readInstanceChart, readInstanceCourse, readProcessInstance } from './routes/business/process-instance.ts'
import { decideProcess, listInstances, listProcesses } from './routes/business/processes.ts'
import { listShipmentPositions } from './routes/business/shipment-positions.ts'
import { listShipments, readShipment, readTimeline } from './routes/business/shipments.ts'
import { assignTask, createTask, decideTask, noteTask } from './routes/business/task-decisions.ts'
import { listTasks, readTask } from './routes/business/tasks.ts'
import { createTrackingLink, listTrackingLinks, revokeTrackingLink } from './routes/business/tracking-links.ts'
import { readAccounting } from './routes/flow/accounting.ts'
import { decideEffect, listEffects, readEffect } from './routes/flow/effects.ts'
import { pauseFlow, readFlow, readFlowPast, resetBreaker, resumeFlow } from './routes/flow/flow.ts'
import { drainFlow, endDrainFlow } from './routes/flow/flow-drain.ts'
import { acceptInbound } from './routes/flow/inbound.ts'
import { cancelJob, listJobs, pauseJob, readJob, readJobFailures, resumeJob } from './routes/flow/jobs.ts'
import { listMessages } from './routes/flow/message-list.ts'
import { readMessageSegments } from './routes/flow/message-segments.ts'
import { readMessage, readRawMessage } from './routes/flow/messages.ts'
import { editParked, listParked, releaseParked, skipParked } from './routes/flow/parked.ts'
import { listParkedGroups } from './routes/flow/parked-groups.ts'
import { listPickUps } from './routes/flow/pick-ups.ts'
import { createPoll, listPolls } from './routes/flow/polls.ts'
import { cancelReplay, createReplay, readReplay } from './routes/flow/replays.ts'
import { readTrace } from './routes/flow/trace.ts'
import { decideTransmission, listTransmissions, readTransmission } from './routes/flow/transmissions.ts'
import { listUnknownCodes } from './routes/flow/unknown-codes.ts'
import { createWebhookRegistration } from './routes/flow/webhook-registrations.ts'
import { live, metrics, ready, started } from './routes/hub/health.ts'
import { applyNetwork, planNetwork } from './routes/hub/network.ts'
import { listPublished } from './routes/hub/published.ts'
import { readSecrets, rotateSecrets } from './routes/hub/secrets.ts'
import { readSystem } from './routes/hub/system.ts'
import { listCatalogue } from './routes/partners/catalogue.ts'
import {
  changeContract,
  checkContracts,
  listContracts,
  listContractVersions,
  readContract,
} from './routes/partners/contracts.ts'
import { listExamples } from './routes/partners/examples.ts'
import {
  acceptCertificate,
  listCertificates,
  refuseCertificate,
  uploadCertificate,
  withdrawCertificate,
} from './routes/partners/partner-certificates.ts'
import { listPartners, readPartner, testPartner } from './routes/partners/partners.ts'
import { listConnectionMessages, listStandings, readStanding, tryConnection } from './routes/partners/portal.ts'
import { listQuotaUse } from './routes/partners/quota-use.ts'
import { changeQuota, listQuotas, readQuota, removeQuota } from './routes/partners/quotas.ts'
import { exportAudit, listAudit, readAuditChain, verifyAudit } from './routes/privacy/audit.ts'
import { readErasureRegister, repeatErasures } from './routes/privacy/erasure-register.ts'
import { createErasure, listErasures, previewErasure, readErasure } from './routes/privacy/erasures.ts'
import { exportPerson } from './routes/privacy/privacy.ts'
import { readRetention } from './routes/privacy/retention.ts'
import { readAvailabilities, readAvailability } from './routes/stock/availability.ts'
import { listBalances } from './routes/stock/inventory.ts'
import { createReconciliation, listReconciliations } from './routes/stock/reconciliations.ts'
import {
  confirmReservation,
  createReservation,
  readReservation,
  releaseReservation,
} from './routes/stock/reservations.ts'
import {
  createStockComparison,
  listStockComparisons,
  listStockDifferences,
  readStockComparison,
} from './routes/stock/stock-comparisons.ts'
import { readStockLedger } from './routes/stock/stock-ledger.ts'
import {
  createSuppression,
  listNotificationEvents,
  listNotifications,
  listSuppressions,
  previewNotification,
  removeSuppression,
} from './routes/subscriptions/notifications.ts'
import { followStream } from './routes/subscriptions/stream.ts'
import { readSubscriptionStanding, recoverSubscription } from './routes/subscriptions/subscription-deliveries.ts'
import { sendExample } from './routes/subscriptions/subscription-examples.ts'
import {
  changeSubscription,
  createSubscription,
  listSubscriptions,
  readSubscription,
  removeSubscription,
  rotateSubscription,
} from './routes/subscriptions/subscriptions.ts'
import {
  changeAlertRule,
  createAlertRule,
  listAlertRules,
  muteAlertRule,
  readAlertRule,
  removeAlertRule,
  testAlertRule,
  unmuteAlertRule,
} from './routes/watch/alert-rules.ts'
import { listAlerts } from './routes/watch/alerts.ts'
import { listCheckRows, listChecks, readCheck, readCheckHistory } from './routes/watch/checks.ts'
import { acknowledgeExceptions, releaseExceptions, takeExceptions } from './routes/watch/exception-claims.ts'
import { listExceptionAges, listExceptions, readException } from './routes/watch/exceptions.ts'
import { readOverview } from './routes/watch/overview.ts'
import { listSavedViews, removeView, saveView } from './routes/watch/saved-views.ts'
import { listSlaMisses, listSlaPeriods, listSlas, readSla } from './routes/watch/slas.ts'

/** Every route of the hub, alphabetical by path. What is not here is not served; what is here is documented. */
export const routes: readonly Route[] = [
  acceptInbound,
  acknowledgeExceptions,
  applyNetwork,
  assignTask,
  asyncapiDocument,
  ...businessDocuments,
  beginSecondFactor,
  beginSignIn,
  cancelJob,
  changeQuota,
  listJobs,
  listQuotaUse,
  listQuotas,
  pauseJob,
  readJob,
  readJobFailures,
  readQuota,
  removeQuota,
  resumeJob,
  cancelReplay,
  changeAlertRule,
  confirmReservation,
  confirmSecondFactor,
  changeContract,
  changePassword,
  changePerson,
  checkContracts,
  changeSubscription,
  createAlertRule,
  createClient,
  createKey,
  rotateKey,
  createPoll,
  createReconciliation,
  createReplay,
  createReservation,
  createSession,
  createStockComparison,
  createSubscription,
  createSuppression,
  createTask,
  createTrackingLink,
  createWebhookRegistration,
  decideEffect,
  decideTask,
  decideTransmission,
  editParked,
  endByProvider,
  endOtherSessions,
  endSession,
  endSessionsOfPerson,
  finishSignIn,
  followStream,
  followWelcome,
  importMasterData,
  invitePerson,
  issueToken,
  linkPerson,
  listAlertRules,
  listAlerts,
  listAudit,
  exportAudit,
  readAuditChain,
  verifyAudit,
  listBalances,
  listClients,
  listCatalogue,
  listCheckRows,
  listChecks,
  listContracts,
  listContractVersions,
  listEffects,
  listExamples,
  listExceptionAges,
  listExceptions,
  listExpectations,
  listKeys,
  listMasterData,
  listMasterDataVersions,
  listNotificationEvents,
  listNotifications,
  listParked,
  listParkedGroups,
  listPartners,
  listPeople,
  listRoles,
  listPickUps,
  listPolls,
  createErasure,
  exportPerson,
  listErasures,
  previewErasure,
  readErasure,
  readErasureRegister,
  repeatErasures,
  listPublished,
  listReconciliations,
  listSavedViews,
  listSessions,
  listShipments,
  listShipmentPositions,
  listStockComparisons,
  listStockDifferences,
  listSubscriptions,
  listSuppressions,
  listTasks,
  listTrackingLinks,
  listInstances,
  listProcesses,
  readFlow,
  readFlowPast,
  readSystem,
  pauseFlow,
  drainFlow,
  endDrainFlow,
  resumeFlow,
  resetBreaker,
  readInstanceChart,
  readInstanceCourse,
  readProcessInstance,
  decideProcess,
  listTransmissions,
  listUnknownCodes,
  listWaysIn,
  live,
  metrics,
  muteAlertRule,
  noteTask,
  openapiDocument,
  planNetwork,
  previewNotification,
  problemPage,
  putMasterData,
  readAccounting,
  readAlertRule,
  readAuthorizationServer,
  readAvailabilities,
  readAvailability,
  readCheck,
  readCheckHistory,
  listSlaMisses,
  listSlaPeriods,
  listSlas,
  readSla,
  readContract,
  readEffect,
  readException,
  readMasterData,
  listMessages,
  readMessage,
  readMessageSegments,
  readOverview,
  readPartner,
  readRawMessage,
  readReplay,
  readReservation,
  readRetention,
  readSecrets,
  readSession,
  readShipment,
  readSigningKeys,
  readStockComparison,
  readStockLedger,
  readSubscription,
  readSubscriptionStanding,
  recoverSubscription,
  readTask,
  readTimeline,
  readTrace,
  readTransmission,
  ready,
  releaseExceptions,
  releaseParked,
  releaseReservation,
  removeAlertRule,
  removeSubscription,
  removeSuppression,
  removeView,
  resetSecondFactor,
  revokeClient,
  revokeKey,
  revokeTrackingLink,
  rotateClient,
  rotateSecrets,
  rotateSubscription,
  saveView,
  showCode,
  skipParked,
  started,
  takeExceptions,
  testAlertRule,
  testPartner,
  unlinkPerson,
  unmuteAlertRule,
  listConnectionMessages,
  listStandings,
  readStanding,
  tryConnection,
  sendExample,
  acceptCertificate,
  listCertificates,
  refuseCertificate,
  uploadCertificate,
  withdrawCertificate,
]
