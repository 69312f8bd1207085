import {
  boundary,
  bpmn,
  catchEvent,
  end,
  flows,
  message,
  messageTrigger,
  serviceTask,
  start,
  userTask,
} from '../../helpers/bpmn.js';

/** Somebody in the unit VAR does it. */
export const ASSESS = bpmn(
  'assess',
  `${start}${userTask(
    'look',
    `<zeebe:formDefinition formId="assessment"/><zeebe:assignmentDefinition candidateGroups="VAR"/>
     <zeebe:taskSchedule dueDate="=&quot;2026-03-09T12:00:00Z&quot;"/>`,
  )}${end}${flows('start look end')}`,
);

export const ASSESSMENT_FORM = JSON.stringify({
  schemaVersion: 18,
  id: 'assessment',
  type: 'default',
  components: [
    { type: 'textfield', key: 'finding', label: 'Funn', validate: { required: true } },
    { type: 'number', key: 'cost', label: 'Kostnad' },
  ],
});

/** Anybody does it, without a form. */
export const SIMPLE = bpmn('simple', `${start}${userTask('do')}${end}${flows('start do end')}`);

/** A worker outside does it; an error of its own leads elsewhere. */
export const WEIGH = bpmn(
  'weigh',
  `${start}${serviceTask('scale', 'weigh', '<zeebe:taskHeaders><zeebe:header key="unit" value="kg"/></zeebe:taskHeaders>')}
   ${boundary('too-heavy', 'scale', '<bpmn:errorEventDefinition errorRef="heavy"/>')}
   ${userTask('lift')}${end}${flows('start scale end', 'too-heavy lift end')}`,
  '<bpmn:error id="heavy" errorCode="HEAVY"/>',
);

/** Waits for word of a delivery. */
export const DELIVERY = bpmn(
  'delivery',
  `${start}${catchEvent('delivered', messageTrigger('m'))}${end}${flows('start delivered end')}`,
  message('m', 'delivered'),
);

/** Begins with a message. */
export const ORDER = bpmn(
  'order',
  `<bpmn:startEvent id="ordered">${messageTrigger('m')}</bpmn:startEvent>
   ${userTask('pack')}${end}${flows('ordered pack end')}`,
  '<bpmn:message id="m" name="ordered"/>',
);

/** Its condition asks for a variable. */
export const CHOICE = bpmn(
  'choice',
  `${start}<bpmn:exclusiveGateway id="large"/>${userTask('big')}${userTask('small')}${end}
   ${flows('start large', 'big end', 'small end')}
   <bpmn:sequenceFlow id="yes" sourceRef="large" targetRef="big">
     <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=weight &gt; 10</bpmn:conditionExpression>
   </bpmn:sequenceFlow>
   <bpmn:sequenceFlow id="no" sourceRef="large" targetRef="small">
     <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=weight &lt;= 10</bpmn:conditionExpression>
   </bpmn:sequenceFlow>`,
);

/** A script is never run, and a service task must say whose it is. */
export const REFUSED = bpmn(
  'refused',
  `${start}<bpmn:scriptTask id="sum" name="Summer"><bpmn:script>1+1</bpmn:script></bpmn:scriptTask>
   <bpmn:serviceTask id="nobody" name="Ingens"/>${end}${flows('start sum nobody end')}`,
);
