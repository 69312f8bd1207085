import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PROJECT_ROOT } from '../../src/kernel/project-root.js';
import { centre, contains, distanceToBorder, overlap, readDrawing } from './drawing.js';
import type { Box, Drawing, Shape } from './drawing.js';

const root = join(PROJECT_ROOT, 'processes');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.bpmn'))
  .sort();

describe('The drawings of the processes', () => {
  it('exist', () => {
    expect(files).to.include.members(['inquiry/after-1.bpmn', 'road-damage/after.bpmn']);
  });

  for (const file of files) {
    describe(file, () => {
      let drawing: Drawing;

      before(async () => {
        drawing = await readDrawing(readFileSync(join(root, file), 'utf8'));
      });

      it('is read without a warning', () => {
        expect(drawing.warnings).to.deep.equal([]);
      });

      it('shows every element and every flow once', () => {
        expect(drawing.nodes).to.not.be.empty;
        expect(drawing.undrawn).to.deep.equal([]);
      });

      it('has a pool, and lanes that all have names', () => {
        expect(drawing.pools).to.not.be.empty;
        expect(drawing.lanes).to.not.be.empty;
        const nameless = [...drawing.pools, ...drawing.lanes].filter(({ name }) => !name.trim());
        expect(nameless).to.deep.equal([]);
      });

      it('puts every element into its lane, and each in exactly one', () => {
        expect(drawing.nodes.filter((node) => !inItsLane(node, drawing)).map(idOf)).to.be.empty;
      });

      it('lets no two elements overlap, except an event on the border of its host', () => {
        expect(overlapping(drawing.nodes)).to.deep.equal([]);
        expect(drawing.nodes.filter((node) => !onItsHost(node, drawing)).map(idOf)).to.be.empty;
      });

      it('lets flows begin and end on the border of what they connect', () => {
        expect(drawing.edges.flatMap((edge) => looseEnds(edge, drawing))).to.deep.equal([]);
      });

      it('draws flows at right angles', () => {
        const slanted = drawing.edges.filter(({ points }) =>
          points.some((point, at) => {
            const next = points[at + 1] ?? point;
            return Math.abs(next.x - point.x) > 1 && Math.abs(next.y - point.y) > 1;
          }),
        );
        expect(slanted.map(({ id }) => id)).to.deep.equal([]);
      });

      it('keeps labels readable: within the drawing, over no element and no other label', () => {
        expect(badLabels(drawing)).to.deep.equal([]);
      });
    });
  }
});

function idOf({ id }: { id: string }): string {
  return id;
}

function inItsLane(node: Shape, { lanes }: Drawing): boolean {
  const own = lanes.filter(({ nodeIds }) => nodeIds.includes(node.id));
  const [lane] = own;
  const inside = lane !== undefined && contains(lane.box, node.hostId ? hub(node) : node.box);
  return own.length === 1 && inside;
}

/** A boundary event may reach over the border of its lane; its middle may not. */
function hub({ box }: Shape): Box {
  return { ...centre(box), width: 0, height: 0 };
}

function overlapping(nodes: readonly Shape[]): string[] {
  return nodes.flatMap((one, at) =>
    nodes
      .slice(at + 1)
      .filter((other) => one.hostId !== other.id && other.hostId !== one.id)
      .filter((other) => overlap(one.box, other.box))
      .map((other) => `${one.id} and ${other.id}`),
  );
}

function onItsHost(node: Shape, { nodes }: Drawing): boolean {
  if (node.type !== 'BoundaryEvent') return true;
  const host = nodes.find(({ id }) => id === node.hostId);
  return host !== undefined && distanceToBorder(centre(node.box), host) <= 1;
}

function looseEnds({ id, sourceId, targetId, points }: Drawing['edges'][number], drawing: Drawing) {
  const ends = [
    { shapeId: sourceId, point: points[0] },
    { shapeId: targetId, point: points.at(-1) },
  ];
  return ends.flatMap(({ shapeId, point }) => {
    const shape = [...drawing.nodes, ...drawing.pools].find((one) => one.id === shapeId);
    if (shape && point && distanceToBorder(point, shape) <= 1.5) return [];
    return [`${id} at ${shapeId}`];
  });
}

function badLabels({ nodes, edges, pools }: Drawing): string[] {
  const labels = [...nodes, ...edges].flatMap(({ id, label }) => (label ? [{ id, label }] : []));
  const edgesOfPools = pools.map(({ box }) => box);
  const frame: Box = {
    x: Math.min(...edgesOfPools.map(({ x }) => x)),
    y: Math.min(...edgesOfPools.map(({ y }) => y)),
    width: Math.max(...edgesOfPools.map(({ width }) => width)),
    height: 0,
  };
  frame.height = Math.max(...edgesOfPools.map(({ y, height }) => y + height)) - frame.y;
  return labels.flatMap(({ id, label }, at) => [
    ...(contains(frame, label) ? [] : [`${id} leaves the drawing`]),
    ...nodes.filter((node) => covers(node, label)).map((node) => `${id} over ${node.id}`),
    ...labels
      .slice(at + 1)
      .filter((other) => overlap(label, other.label))
      .map((other) => `${id} over the label of ${other.id}`),
  ]);
}

/** The corners of a gateway's box are empty, and an event has none. */
function covers({ type, box }: Shape, label: Box): boolean {
  const margin = /Gateway|Event/.test(type) ? box.width / 4 : 0;
  const body = {
    x: box.x + margin,
    y: box.y + margin,
    width: box.width - 2 * margin,
    height: box.height - 2 * margin,
  };
  return overlap(body, label);
}
