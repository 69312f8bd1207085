import type { HandlerDeclaration } from '../engine/handler.js';
import { archiveHandler } from './archive.js';
import { assignBeatHandler } from './assign-beat.js';
import type { HandlerDependencies } from './case-handler.js';
import { publishNoticeHandler, withdrawNoticeHandler } from './case-notice.js';
import { checkObjectivesHandler } from './check-objectives.js';
import { chooseServiceHandler } from './choose-service.js';
import { closeHandler } from './close.js';
import { resumeGuaranteesHandler, suspendGuaranteesHandler } from './crisis-clocks.js';
import { crisisNoticeHandler } from './crisis-notice.js';
import { crisisStatusHandler } from './crisis-status.js';
import { deidentifyHandler } from './deidentify.js';
import { endCrisisHandler, evaluateCrisisHandler } from './end-crisis.js';
import { escalateHandler } from './escalate.js';
import { extendHandler } from './extend.js';
import { findDecisionHandler } from './find-decision.js';
import { findDuplicateHandler } from './find-duplicate.js';
import { findRepeatsHandler } from './find-repeats.js';
import { listDisposalHandler } from './list-disposal.js';
import { measureEffectHandler } from './measure-effect.js';
import { nextDeadlineHandler } from './next-deadline.js';
import { notifyObjectiveHandler } from './notify-objective.js';
import { notifyHandler } from './notify.js';
import { pauseHandler } from './pause.js';
import { promiseHandler } from './promise.js';
import { recalculateDeadlinesHandler } from './recalculate-deadlines.js';
import { remindHandler } from './remind.js';
import { reopenHandler } from './reopen.js';
import { resumeHandler } from './resume.js';
import { routeHandler } from './route.js';
import { selectDisposalHandler } from './select-disposal.js';
import { sendMessageHandler } from './send-message.js';
import { setStatusHandler } from './set-status.js';
import { signDisposalHandler } from './sign-disposal.js';
import { suggestServiceHandler } from './suggest-service.js';
import { tellFollowersHandler } from './tell-followers.js';
import { watchCrisisHandler } from './watch-crisis.js';
import { writeAnswerHandler } from './write-answer.js';

/** Every handler that a model may name in `zeebe:taskDefinition type`, by name. */
export function createHandlers(dependencies: HandlerDependencies): readonly HandlerDeclaration[] {
  return [
    archiveHandler,
    assignBeatHandler,
    chooseServiceHandler,
    checkObjectivesHandler,
    closeHandler,
    crisisNoticeHandler,
    crisisStatusHandler,
    deidentifyHandler,
    endCrisisHandler,
    escalateHandler,
    evaluateCrisisHandler,
    extendHandler,
    findDecisionHandler,
    findDuplicateHandler,
    nextDeadlineHandler,
    findRepeatsHandler,
    listDisposalHandler,
    measureEffectHandler,
    notifyHandler,
    notifyObjectiveHandler,
    pauseHandler,
    promiseHandler,
    publishNoticeHandler,
    recalculateDeadlinesHandler,
    remindHandler,
    reopenHandler,
    resumeGuaranteesHandler,
    resumeHandler,
    routeHandler,
    sendMessageHandler,
    selectDisposalHandler,
    setStatusHandler,
    signDisposalHandler,
    suggestServiceHandler,
    suspendGuaranteesHandler,
    tellFollowersHandler,
    watchCrisisHandler,
    withdrawNoticeHandler,
    writeAnswerHandler,
  ].map((create) => create(dependencies));
}
