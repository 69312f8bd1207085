import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import {
  decodeDocument,
  emptyDocument,
  encodeDocument,
} from '../../src/engine/live/instance-document.js';
import type { InstanceDocument } from '../../src/engine/live/instance-document.js';
import { LiveInstance } from '../../src/engine/live/live-instance.js';
import { STATE_DICTIONARY } from '../../src/engine/live/state-dictionary.js';
import { readDocument } from '../../src/engine/model/check-document.js';
import { compileSource } from '../../src/engine/model/compile-source.js';
import { boundary, bpmn, end, flows, start, timer, userTask } from '../helpers/bpmn.js';

describe('the stored document of an instance', () => {
  const document: InstanceDocument = {
    ...emptyDocument('start'),
    engine: { status: 'executing' },
    waits: { work_1: { kind: 'task', key: '7', elementId: 'work' } },
    locals: { work_1: { note: 'æøå' } },
  };

  it('comes back as it was stored', () => {
    expect(decodeDocument(encodeDocument(document))).to.deep.equal(document);
  });

  it('of a case that waits for a task and a timer is a sixteenth of its state', async () => {
    const late = boundary('late', 'work', timer('P3D'), false) + '<bpmn:endEvent id="escalated"/>';
    const body = start + userTask('work') + late + end + flows('start work end', 'late escalated');
    const [model] = await readDocument(bpmn('simple', body), 'simple');
    const live = LiveInstance.start(
      { source: await compileSource(model!), joins: new Set() },
      'start',
    );
    live.document.engine = live.snapshot();

    const stored = encodeDocument(live.document);

    expect(decodeDocument(stored)).to.deep.equal(JSON.parse(JSON.stringify(live.document)));
    expect(stored.length * 16).to.be.below(JSON.stringify(live.document).length);
  });

  it('is read, too, where it was stored without the dictionary', () => {
    const body = deflateRawSync(JSON.stringify(document));
    const stored = Buffer.concat([Buffer.from([1]), body]);
    expect(decodeDocument(stored)).to.deep.equal(document);
  });

  it('of a later version is refused', () => {
    expect(() => decodeDocument(Buffer.from([9, 1, 2]))).to.throw(TypeError, 'state coding 9');
  });

  it('needs the very dictionary it was stored with', () => {
    const checksum = createHash('sha256').update(STATE_DICTIONARY).digest('hex').slice(0, 16);
    expect(checksum).to.equal('7e83d96fe2e0570a');
  });
});
