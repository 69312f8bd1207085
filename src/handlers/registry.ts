import type { HandlerDeclaration } from '../engine/handler.js';
import { archiveHandler } from './archive.js';
import type { HandlerDependencies } from './case-handler.js';
import { chooseServiceHandler } from './choose-service.js';
import { closeHandler } from './close.js';
import { deidentifyHandler } from './deidentify.js';
import { escalateHandler } from './escalate.js';
import { extendHandler } from './extend.js';
import { findDecisionHandler } from './find-decision.js';
import { findDuplicateHandler } from './find-duplicate.js';
import { nextDeadlineHandler } from './next-deadline.js';
import { notifyHandler } from './notify.js';
import { pauseHandler } from './pause.js';
import { promiseHandler } from './promise.js';
import { remindHandler } from './remind.js';
import { resumeHandler } from './resume.js';
import { reopenHandler } from './reopen.js';
import { routeHandler } from './route.js';
import { sendMessageHandler } from './send-message.js';
import { setStatusHandler } from './set-status.js';
import { suggestServiceHandler } from './suggest-service.js';
import { tellFollowersHandler } from './tell-followers.js';
import { writeAnswerHandler } from './write-answer.js';

/** Every handler that a model may name in `zeebe:taskDefinition type`, by name. */
export function createHandlers(dependencies: HandlerDependencies): readonly HandlerDeclaration[] {
  return [
    archiveHandler,
    chooseServiceHandler,
    closeHandler,
    deidentifyHandler,
    escalateHandler,
    extendHandler,
    findDecisionHandler,
    findDuplicateHandler,
    nextDeadlineHandler,
    notifyHandler,
    pauseHandler,
    promiseHandler,
    remindHandler,
    resumeHandler,
    reopenHandler,
    routeHandler,
    sendMessageHandler,
    setStatusHandler,
    suggestServiceHandler,
    tellFollowersHandler,
    writeAnswerHandler,
  ].map((create) => create(dependencies));
}
