import {
  boundary,
  bpmn,
  catchEvent,
  end,
  flow,
  flows,
  messageTrigger,
  serviceTask,
  start,
  timer,
  userTask,
} from '../helpers/bpmn.js';

const line = flows('start work end');
export const between = (element: string, more = ''): string => start + element + end + line + more;

/** What is drawn, the element it is refused for, and a part of the reason. */
export const REFUSED: readonly [what: string, xml: string, elementId: string, reason: string][] = [
  [
    'a script task',
    bpmn(
      'p',
      between(
        '<bpmn:scriptTask id="work" scriptFormat="javascript"><bpmn:script>process.exit()</bpmn:script></bpmn:scriptTask>',
      ),
    ),
    'work',
    'scripts are not run',
  ],
  [
    'a service task without a type',
    bpmn('p', between('<bpmn:serviceTask id="work"/>')),
    'work',
    'no type',
  ],
  [
    'a user task of another engine',
    bpmn('p', between('<bpmn:userTask id="work"/>')),
    'work',
    'lacks <zeebe:userTask/>',
  ],
  [
    'an expression for another engine',
    bpmn('p', between(serviceTask('work', '${environment.services.x}'))),
    'work',
    'is not evaluated',
  ],
  ['what is no FEEL', bpmn('p', between(serviceTask('work', '=1 +'))), 'work', 'is not FEEL'],
  [
    'a loop without a wait',
    bpmn(
      'p',
      start +
        '<bpmn:exclusiveGateway id="work" default="work_end"/><bpmn:task id="spin"/>' +
        end +
        flows('start work end', 'spin work') +
        flow('work', 'spin', '=true'),
    ),
    'work',
    'without any wait',
  ],
  [
    'a choice without conditions',
    bpmn(
      'p',
      start +
        '<bpmn:exclusiveGateway id="work"/>' +
        userTask('a') +
        userTask('b') +
        end +
        flows('start work a end', 'work b end'),
    ),
    'work',
    'need a condition',
  ],
  [
    'a condition in another language',
    bpmn(
      'p',
      start +
        '<bpmn:exclusiveGateway id="work" default="work_b"/>' +
        userTask('a') +
        userTask('b') +
        end +
        flows('start work', 'a end', 'work b end') +
        flow('work', 'a', 'x > 1'),
    ),
    'work_a',
    'must be FEEL',
  ],
  [
    'a condition where nothing chooses',
    bpmn('p', start + userTask('work') + end + flows('start work') + flow('work', 'end', '=true')),
    'work',
    'only an exclusive or inclusive gateway',
  ],
  [
    'two start events without a trigger',
    bpmn('p', between(userTask('work'), '<bpmn:startEvent id="other"/>' + flow('other', 'work'))),
    'p',
    'several start events',
  ],
  [
    'a complex gateway',
    bpmn('p', between('<bpmn:complexGateway id="work"/>')),
    'work',
    'a complex gateway cannot be run',
  ],
  [
    'a link that leads nowhere',
    bpmn(
      'p',
      start +
        '<bpmn:intermediateThrowEvent id="work"><bpmn:linkEventDefinition name="B"/></bpmn:intermediateThrowEvent>' +
        flows('start work'),
    ),
    'work',
    'leads to 0 events',
  ],
  [
    'an event sub-process without a trigger',
    bpmn(
      'p',
      between(userTask('work')) +
        '<bpmn:subProcess id="sub" triggeredByEvent="true"><bpmn:startEvent id="in"/></bpmn:subProcess>',
    ),
    'in',
    'with no trigger',
  ],
  ['no start event', bpmn('p', userTask('work') + end + flows('work end')), 'p', 'no start event'],
  [
    'what nothing leads to',
    bpmn('p', between(userTask('work')) + userTask('lonely')),
    'lonely',
    'no sequence flow leads here',
  ],
  [
    'a timer without a time',
    bpmn('p', between(catchEvent('work', '<bpmn:timerEventDefinition/>'))),
    'work',
    'has no time',
  ],
  [
    'a cycle that interrupts',
    bpmn(
      'p',
      between(userTask('work')) +
        boundary('b', 'work', timer('R/PT1H', 'timeCycle')) +
        '<bpmn:endEvent id="e2"/>' +
        flows('b e2'),
    ),
    'b',
    'a cycle is only for',
  ],
  [
    'a message without a key',
    bpmn(
      'p',
      between(catchEvent('work', messageTrigger('m'))),
      '<bpmn:message id="m" name="answered"/>',
    ),
    'work',
    'no correlation key',
  ],
  [
    'an event gateway that leads to a task',
    bpmn(
      'p',
      start +
        '<bpmn:eventBasedGateway id="work"/>' +
        userTask('a') +
        catchEvent('b', timer('PT1H')) +
        end +
        flows('start work a end', 'work b end'),
    ),
    'work',
    'only lead to events that wait',
  ],
  [
    'an id that is a name of every object',
    bpmn('p', start + userTask('constructor') + end + flows('start constructor end')),
    'constructor',
    'reserved word',
  ],
  [
    'a business rule task without a decision',
    bpmn('p', between('<bpmn:businessRuleTask id="work"/>')),
    'work',
    'has no decision',
  ],
  [
    'a call to nothing',
    bpmn('p', between('<bpmn:callActivity id="work"/>')),
    'work',
    'has no process',
  ],
  [
    'a flow into a sub-process',
    bpmn(
      'p',
      between(
        `<bpmn:subProcess id="work"><bpmn:startEvent id="in"/>${userTask('inner')}${flows('in inner')}</bpmn:subProcess>`,
      ) + flow('start', 'inner'),
    ),
    'start_inner',
    'may not cross the border',
  ],
];
