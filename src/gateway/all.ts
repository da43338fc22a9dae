import type { Route } from './route.ts'
import { readAccounting } from './routes/accounting.ts'
import {
  changeAlertRule,
  createAlertRule,
  listAlertRules,
  muteAlertRule,
  readAlertRule,
  removeAlertRule,
  testAlertRule,
  unmuteAlertRule,
} from './routes/alert-rules.ts'
import { listAlerts } from './routes/alerts.ts'
import { exportAudit, listAudit, readAuditChain, verifyAudit } from './routes/audit.ts'
import { readAvailabilities, readAvailability } from './routes/availability.ts'
import { businessDocuments } from './routes/business-documents.ts'
import { listCatalogue } from './routes/catalogue.ts'
import { listCheckRows, listChecks, readCheck, readCheckHistory } from './routes/checks.ts'
import { createClient, listClients, revokeClient, rotateClient } from './routes/clients.ts'
import {
  changeContract,
  checkContracts,
  listContracts,
  listContractVersions,
  readContract,
} from './routes/contracts.ts'
import { asyncapiDocument, openapiDocument, problemPage } from './routes/documents.ts'
import { decideEffect, listEffects, readEffect } from './routes/effects.ts'
import { readErasureRegister, repeatErasures } from './routes/erasure-register.ts'
import { createErasure, listErasures, previewErasure, readErasure } from './routes/erasures.ts'
import { listExamples } from './routes/examples.ts'
import { acknowledgeExceptions, releaseExceptions, takeExceptions } from './routes/exception-claims.ts'
import { listExceptionAges, listExceptions, readException } from './routes/exceptions.ts'
import { listExpectations } from './routes/expectations.ts'
import { pauseFlow, readFlow, readFlowPast, resetBreaker, resumeFlow } from './routes/flow.ts'
import { drainFlow, endDrainFlow } from './routes/flow-drain.ts'
import { live, metrics, ready, started } from './routes/health.ts'
import { beginSignIn, endByProvider, finishSignIn, listWaysIn } from './routes/identity-providers.ts'
import { acceptInbound } from './routes/inbound.ts'
import { listBalances } from './routes/inventory.ts'
import { cancelJob, listJobs, pauseJob, readJob, readJobFailures, resumeJob } from './routes/jobs.ts'
import { createKey, listKeys, revokeKey, rotateKey } from './routes/keys.ts'
import {
  importMasterData,
  listMasterData,
  listMasterDataVersions,
  putMasterData,
  readMasterData,
} from './routes/master-data.ts'
import { listMessages } from './routes/message-list.ts'
import { readMessageSegments } from './routes/message-segments.ts'
import { readMessage, readRawMessage } from './routes/messages.ts'
import { applyNetwork, planNetwork } from './routes/network.ts'
import {
  createSuppression,
  listNotificationEvents,
  listNotifications,
  listSuppressions,
  previewNotification,
  removeSuppression,
} from './routes/notifications.ts'
import { issueToken, readAuthorizationServer, readSigningKeys } from './routes/oauth.ts'
import { readOverview } from './routes/overview.ts'
import { editParked, listParked, releaseParked, skipParked } from './routes/parked.ts'
import { listParkedGroups } from './routes/parked-groups.ts'
import {
  acceptCertificate,
  listCertificates,
  refuseCertificate,
  uploadCertificate,
  withdrawCertificate,
} from './routes/partner-certificates.ts'
import { listPartners, readPartner, testPartner } from './routes/partners.ts'
import {
  changePerson,
  endSessionsOfPerson,
  invitePerson,
  linkPerson,
  listPeople,
  resetSecondFactor,
  unlinkPerson,
} from './routes/people.ts'
import { listPickUps } from './routes/pick-ups.ts'
import { createPoll, listPolls } from './routes/polls.ts'
import { listConnectionMessages, listStandings, readStanding, tryConnection } from './routes/portal.ts'
import { exportPerson } from './routes/privacy.ts'
import { readInstanceChart, readInstanceCourse, readProcessInstance } from './routes/process-instance.ts'
import { decideProcess, listInstances, listProcesses } from './routes/processes.ts'
import { listPublished } from './routes/published.ts'
import { listQuotaUse } from './routes/quota-use.ts'
import { changeQuota, listQuotas, readQuota, removeQuota } from './routes/quotas.ts'
import { createReconciliation, listReconciliations } from './routes/reconciliations.ts'
import { cancelReplay, createReplay, readReplay } from './routes/replays.ts'
import { confirmReservation, createReservation, readReservation, releaseReservation } from './routes/reservations.ts'
import { readRetention } from './routes/retention.ts'
import { listRoles } from './routes/roles.ts'
import { listSavedViews, removeView, saveView } from './routes/saved-views.ts'
import { beginSecondFactor, confirmSecondFactor, endOtherSessions, listSessions } from './routes/second-factor.ts'
import { readSecrets, rotateSecrets } from './routes/secrets.ts'
import { changePassword, createSession, endSession, readSession, showCode } from './routes/session.ts'
import { listShipmentPositions } from './routes/shipment-positions.ts'
import { listShipments, readShipment, readTimeline } from './routes/shipments.ts'
import { listSlaMisses, listSlaPeriods, listSlas, readSla } from './routes/slas.ts'
import {
  createStockComparison,
  listStockComparisons,
  listStockDifferences,
  readStockComparison,
} from './routes/stock-comparisons.ts'
import { readStockLedger } from './routes/stock-ledger.ts'
import { followStream } from './routes/stream.ts'
import { readSubscriptionStanding, recoverSubscription } from './routes/subscription-deliveries.ts'
import { sendExample } from './routes/subscription-examples.ts'
import {
  changeSubscription,
  createSubscription,
  listSubscriptions,
  readSubscription,
  removeSubscription,
  rotateSubscription,
} from './routes/subscriptions.ts'
import { readSystem } from './routes/system.ts'
import { assignTask, createTask, decideTask, noteTask } from './routes/task-decisions.ts'
import { listTasks, readTask } from './routes/tasks.ts'
import { readTrace } from './routes/trace.ts'
import { createTrackingLink, listTrackingLinks, revokeTrackingLink } from './routes/tracking-links.ts'
import { decideTransmission, listTransmissions, readTransmission } from './routes/transmissions.ts'
import { listUnknownCodes } from './routes/unknown-codes.ts'
import { createWebhookRegistration } from './routes/webhook-registrations.ts'
import { followWelcome } from './routes/welcome.ts'

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
