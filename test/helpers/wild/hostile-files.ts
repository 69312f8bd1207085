import { bpmn, end, flows, start, userTask } from '../bpmn.js';

const MODEL = bpmn('p', start + userTask('work') + end + flows('start work end'));
const inProcess = (content: string): string => bpmn('p', content);
const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join('');

const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha">${many(20, (at) => `<!ENTITY a${at} "&a;&a;&a;">`)}]>`;

/** Files that were made to harm whoever reads them, or are no models at all. */
export const HOSTILE: Readonly<Record<string, string>> = {
  nothing: '',
  spaces: ' \n\t ',
  'a lone byte order mark': '\ufeff',
  'UTF-16 read as UTF-8': Buffer.from(MODEL, 'utf16le').toString('latin1'),
  'a NUL': MODEL.replace('id="work"', 'id="work" name="a\u0000b"'),
  'a NUL by number': MODEL.replace('id="work"', 'id="work" name="a&#0;b"'),
  'a NUL by number without an end': MODEL.replace('id="work"', 'id="work" name="a&#x0 b"'),
  'half a surrogate pair': MODEL.replace('id="work"', 'id="work" name="\ud800"'),
  'half a surrogate pair by number': MODEL.replace('id="work"', 'id="work" name="&#xD800;"'),
  'a character beyond Unicode': MODEL.replace('id="work"', 'id="work" name="&#x110000;"'),
  'text without XML': 'case no. 7',
  JSON: '{"id": "p"}',
  HTML: '<!doctype html><html><body>Hei</body></html>',
  'another vocabulary': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'the wrong namespace': MODEL.replace('20100524/MODEL', '20100524/OTHER'),
  'no namespace': MODEL.replaceAll('bpmn:', ''),
  'a DOCTYPE': `<!DOCTYPE x SYSTEM "file:///etc/passwd">${MODEL}`,
  'a thousand laughs': LAUGHS + MODEL.replace('id="work"', 'id="work" name="&a19;"'),
  'two roots': MODEL + MODEL,
  'an open comment': `${MODEL.slice(0, 200)}<!--`,
  'an open CDATA': `${MODEL.slice(0, 200)}<![CDATA[`,
  'attributes without quotes': MODEL.replaceAll('"', ''),
  'a namespace declared to be another': MODEL.replace('xmlns:xsi', 'xmlns:bpmn'),
  'sub-processes 50,000 deep': inProcess(
    `${'<bpmn:subProcess>'.repeat(50_000)}${'</bpmn:subProcess>'.repeat(50_000)}`,
  ),
  'sub-processes 100 deep': inProcess(
    `${many(100, (at) => `<bpmn:subProcess id="s${at}">`)}${'</bpmn:subProcess>'.repeat(100)}`,
  ),
  'lanes 20,000 deep': inProcess(
    `<bpmn:laneSet>${'<bpmn:lane><bpmn:childLaneSet>'.repeat(20_000)}${'</bpmn:childLaneSet></bpmn:lane>'.repeat(20_000)}</bpmn:laneSet>`,
  ),
  'foreign elements 100,000 deep': inProcess(
    `<bpmn:extensionElements>${'<x>'.repeat(100_000)}${'</x>'.repeat(100_000)}</bpmn:extensionElements>`,
  ),
  'elements 100,000 deep without an end': inProcess('<bpmn:subProcess>'.repeat(100_000)),
  'an attribute of a megabyte': inProcess(
    `<bpmn:task id="t" name="${'x'.repeat(1_000_000)}"/><bpmn:task id="u"/>`,
  ),
  'an id of a megabyte': inProcess(`<bpmn:task id="${'x'.repeat(1_000_000)}"/>`),
  'an expression of a megabyte': inProcess(
    `<bpmn:sequenceFlow id="f"><bpmn:conditionExpression>=${'1+'.repeat(500_000)}1</bpmn:conditionExpression></bpmn:sequenceFlow>`,
  ),
  '20,000 attributes': inProcess(`<bpmn:task id="t" ${many(20_000, (at) => `a${at}="x" `)}/>`),
  'one attribute 20,000 times': inProcess(`<bpmn:task id="t" ${'name="x" '.repeat(20_000)}/>`),
  '100,000 elements nobody knows': inProcess('<bpmn:foo/>\n'.repeat(100_000)),
  '30,000 tasks': inProcess(many(30_000, (at) => `<bpmn:task id="t${at}"/>`)),
  '30,000 tasks of one name': inProcess('<bpmn:task id="t"/>\n'.repeat(30_000)),
  '20,000 flows': inProcess(
    `${start}${end}${'<bpmn:sequenceFlow sourceRef="start" targetRef="end"/>'.repeat(20_000)}`,
  ),
  '20,000 processes': `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">${many(20_000, (at) => `<bpmn:process id="p${at}" isExecutable="true"/>`)}</bpmn:definitions>`,
  '20,000 expressions': inProcess(
    `${start}${userTask('work', `<zeebe:ioMapping>${many(20_000, (at) => `<zeebe:input source="=a + ${at}" target="b"/>`)}</zeebe:ioMapping>`)}${end}${flows('start work end')}`,
  ),
};

/** Files that look odd and are in order. */
export const HARMLESS: Readonly<Record<string, string>> = {
  'a byte order mark before a model': `\ufeff${MODEL}`,
  'UTF-16 declared': MODEL.replace('UTF-8', 'UTF-16'),
  'an entity nobody declared': MODEL.replace('id="work"', 'id="work" name="&boo;"'),
  'processing instructions': `<?xml-stylesheet href="evil.xsl"?>${'<?php exit(); ?>'.repeat(1000)}${MODEL}`,
  'a thousand gateways in a row': inProcess(
    `${start}${many(990, (at) => `<bpmn:parallelGateway id="g${at}"/>`)}${end}${flows(`start ${many(990, (at) => `g${at} `)} end`)}`,
  ),
};
