import type { Route } from './route.ts'
import { readAccounting } from './routes/accounting.ts'
import { exportAudit, listAudit, readAuditChain, verifyAudit } from './routes/audit.ts'
import { readAvailabilities, readAvailability } from './routes/availability.ts'
import { businessDocuments } from './routes/business-documents.ts'
import { listCheckRows, listChecks, readCheck, readCheckHistory } from './routes/checks.ts'
import { createClient, listClients, revokeClient, rotateClient } from './routes/clients.ts'
import { asyncapiDocument, openapiDocument, problemPage } from './routes/documents.ts'
import { decideEffect, listEffects, readEffect } from './routes/effects.ts'
import { listExpectations } from './routes/expectations.ts'
import { live, metrics, ready, started } from './routes/health.ts'
import { acceptInbound } from './routes/inbound.ts'
import { listBalances } from './routes/inventory.ts'
import { cancelJob, listJobs, pauseJob, readJob, readJobFailures, resumeJob } from './routes/jobs.ts'
import { createKey, listKeys, revokeKey } from './routes/keys.ts'
import {
  importMasterData,
  listMasterData,
  listMasterDataVersions,
  putMasterData,
  readMasterData,
} from './routes/master-data.ts'
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
import { listPartners, readPartner, testPartner } from './routes/partners.ts'
import {
  changePerson,
  endSessionsOfPerson,
  invitePerson,
  linkPerson,
  listPeople,
  resetSecondFactor,
} from './routes/people.ts'
import { listPickUps } from './routes/pick-ups.ts'
import { createPoll, listPolls } from './routes/polls.ts'
import {
  decideProcess,
  listInstances,
  listProcesses,
  readInstanceCourse,
  readProcessInstance,
} from './routes/processes.ts'
import { listPublished } from './routes/published.ts'
import { createReconciliation, listReconciliations } from './routes/reconciliations.ts'
import { cancelReplay, createReplay, readReplay } from './routes/replays.ts'
import { confirmReservation, createReservation, readReservation, releaseReservation } from './routes/reservations.ts'
import { readRetention } from './routes/retention.ts'
import { listRoles } from './routes/roles.ts'
import { beginSecondFactor, confirmSecondFactor, endOtherSessions, listSessions } from './routes/second-factor.ts'
import { changePassword, createSession, endSession, readSession } from './routes/session.ts'
import { listShipments, readShipment, readTimeline } from './routes/shipments.ts'
import {
  createStockComparison,
  listStockComparisons,
  listStockDifferences,
  readStockComparison,
} from './routes/stock-comparisons.ts'
import { readStockLedger } from './routes/stock-ledger.ts'
import { followStream } from './routes/stream.ts'
import { readSubscriptionStanding, recoverSubscription } from './routes/subscription-deliveries.ts'
import {
  changeSubscription,
  createSubscription,
  listSubscriptions,
  readSubscription,
  removeSubscription,
  rotateSubscription,
} from './routes/subscriptions.ts'
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
  applyNetwork,
  assignTask,
  asyncapiDocument,
  ...businessDocuments,
  beginSecondFactor,
  cancelJob,
  listJobs,
  pauseJob,
  readJob,
  readJobFailures,
  resumeJob,
  cancelReplay,
  confirmReservation,
  confirmSecondFactor,
  changePassword,
  changePerson,
  changeSubscription,
  createClient,
  createKey,
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
  endOtherSessions,
  endSession,
  endSessionsOfPerson,
  followStream,
  followWelcome,
  importMasterData,
  invitePerson,
  issueToken,
  linkPerson,
  listAudit,
  exportAudit,
  readAuditChain,
  verifyAudit,
  listBalances,
  listClients,
  listCheckRows,
  listChecks,
  listEffects,
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
  listPublished,
  listReconciliations,
  listSessions,
  listShipments,
  listStockComparisons,
  listStockDifferences,
  listSubscriptions,
  listSuppressions,
  listTasks,
  listTrackingLinks,
  listInstances,
  listProcesses,
  readInstanceCourse,
  readProcessInstance,
  decideProcess,
  listTransmissions,
  listUnknownCodes,
  live,
  metrics,
  noteTask,
  openapiDocument,
  planNetwork,
  previewNotification,
  problemPage,
  putMasterData,
  readAccounting,
  readAuthorizationServer,
  readAvailabilities,
  readAvailability,
  readCheck,
  readCheckHistory,
  readEffect,
  readMasterData,
  readMessage,
  readOverview,
  readPartner,
  readRawMessage,
  readReplay,
  readReservation,
  readRetention,
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
  releaseParked,
  releaseReservation,
  removeSubscription,
  removeSuppression,
  resetSecondFactor,
  revokeClient,
  revokeKey,
  revokeTrackingLink,
  rotateClient,
  rotateSubscription,
  skipParked,
  started,
  testPartner,
]
