import { expect } from 'chai';
import { checkDocument, readDocument } from '../../src/engine/model/check-document.js';
import type { InvalidError } from '../../src/kernel/errors.js';
import { bpmn, end, flows, message, start, userTask } from '../helpers/bpmn.js';
import { rejection } from '../helpers/rejection.js';
import { between, REFUSED } from './refused-models.js';

describe('a model is refused', () => {
  for (const [what, xml, elementId, reason] of REFUSED) {
    it(`for ${what}, naming the element`, async () => {
      const { problems } = await checkDocument(xml);
      const found = problems.find((problem) => problem.elementId === elementId);
      expect(found?.reason, JSON.stringify(problems)).to.contain(reason);
    });
  }

  it('with all its problems at once', async () => {
    const body =
      start +
      '<bpmn:serviceTask id="a" name="Send brev"/><bpmn:scriptTask id="b"/>' +
      end +
      flows('start a b end');
    const error = (await rejection(readDocument(bpmn('p', body), 'two.bpmn'))) as InvalidError;
    expect(error.code).to.equal('model_refused');
    expect(error.details).to.have.deep.members([
      {
        path: 'two.bpmn',
        elementId: 'a',
        elementName: 'Send brev',
        reason: 'the service task has no type (zeebe:taskDefinition)',
      },
      {
        path: 'two.bpmn',
        elementId: 'b',
        reason: 'scripts are not run; use a service task, a decision or FEEL mappings',
      },
    ]);
  });

  for (const [what, xml, reason] of [
    ['what is no XML', 'case no. 7', 'missing start tag'],
    [
      'a DOCTYPE',
      '<!DOCTYPE x [<!ENTITY a "b">]>' + bpmn('p', between(userTask('work'))),
      'DOCTYPE',
    ],
    [
      'more than 2 MB',
      bpmn('p', between(userTask('work', `<!--${'x'.repeat(2_100_000)}-->`))),
      'larger than 2 MB',
    ],
  ] as const) {
    it(`for ${what}`, async () => {
      const error = (await rejection(checkDocument(xml))) as InvalidError;
      expect(error.code).to.equal('model_unreadable');
      expect(error.message).to.contain(reason);
    });
  }

  it('by the nearest id that is in the file', async () => {
    const body = '<bpmn:startEvent made-up="1"/>';
    const { problems } = await checkDocument(bpmn('p', body));
    expect(problems[0]).to.include({ elementId: 'p' });
    expect(problems[0]?.reason).to.contain('"made-up" is not known');
  });

  it('but not for pools without a process, notes or data', async () => {
    const drawn = bpmn(
      'p',
      between(userTask('work')) +
        '<bpmn:textAnnotation id="note"><bpmn:text>x</bpmn:text></bpmn:textAnnotation><bpmn:dataObject id="data"/>',
      message('m', 'x') +
        '<bpmn:collaboration id="c"><bpmn:participant id="citizen" name="Innbygger"/><bpmn:participant id="us" processRef="p"/><bpmn:messageFlow id="mf" sourceRef="citizen" targetRef="start"/></bpmn:collaboration><bpmn:itemDefinition id="item"/>',
    );
    expect((await checkDocument(drawn)).problems).to.deep.equal([]);
  });
});
