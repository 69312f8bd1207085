import { parseBpmn } from '../../src/engine/model/moddle.js';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

/** A drawn element: its place, and the place of its text where that stands apart. */
export interface Shape {
  id: string;
  type: string;
  name: string;
  box: Box;
  label: Box | null;
  hostId: string | null;
}
export interface Edge {
  id: string;
  type: string;
  sourceId: string;
  targetId: string;
  points: Point[];
  label: Box | null;
}

/** What a BPMN file shows on its one plane, and what of its meaning it does not show. */
export interface Drawing {
  warnings: string[];
  nodes: Shape[];
  lanes: (Shape & { nodeIds: string[] })[];
  pools: Shape[];
  edges: Edge[];
  /** Ids of elements without a shape or edge, or with more than one. */
  undrawn: string[];
}

interface Element {
  $type: string;
  id: string;
  name?: string;
  flowElements?: Element[];
  laneSets?: { lanes?: Element[] }[];
  flowNodeRef?: Element[];
  participants?: Element[];
  messageFlows?: Element[];
  sourceRef?: Element;
  targetRef?: Element;
  attachedToRef?: Element;
}
interface DiagramElement {
  bpmnElement: Element;
  bounds?: Box;
  waypoint?: Point[];
  label?: { bounds?: Box };
}
interface Root {
  rootElements: Element[];
  diagrams: { plane: { planeElement: DiagramElement[] } }[];
}

export async function readDrawing(xml: string): Promise<Drawing> {
  const { rootElement, warnings } = await parseBpmn(xml);
  const { rootElements, diagrams } = rootElement as unknown as Root;
  const drawn = diagrams.flatMap(({ plane }) => plane.planeElement);
  const shown = (id: string): DiagramElement[] =>
    drawn.filter(({ bpmnElement }) => bpmnElement.id === id);
  const inside = rootElements.flatMap(({ flowElements = [] }) => flowElements);
  const isFlow = ({ $type }: Element): boolean => $type === 'bpmn:SequenceFlow';
  const meant = {
    nodes: inside.filter((element) => !isFlow(element)),
    lanes: rootElements.flatMap(({ laneSets = [] }) => laneSets.flatMap(({ lanes = [] }) => lanes)),
    pools: rootElements.flatMap(({ participants = [] }) => participants),
    edges: [
      ...inside.filter(isFlow),
      ...rootElements.flatMap(({ messageFlows = [] }) => messageFlows),
    ],
  };
  const shape = (element: Element): Shape[] =>
    shown(element.id).flatMap(({ bounds, label }) =>
      bounds ? [{ ...identity(element), box: bounds, label: label?.bounds ?? null }] : [],
    );
  const edge = (element: Element): Edge[] =>
    shown(element.id).map(({ waypoint = [], label }) => ({
      ...identity(element),
      sourceId: element.sourceRef?.id ?? '',
      targetId: element.targetRef?.id ?? '',
      points: waypoint,
      label: label?.bounds ?? null,
    }));
  return {
    warnings: warnings.map(({ message }) => message),
    nodes: meant.nodes.flatMap(shape),
    lanes: meant.lanes.flatMap((lane) =>
      shape(lane).map((box) => ({ ...box, nodeIds: (lane.flowNodeRef ?? []).map(({ id }) => id) })),
    ),
    pools: meant.pools.flatMap(shape),
    edges: meant.edges.flatMap(edge),
    undrawn: Object.values(meant)
      .flat()
      .map(({ id }) => id)
      .filter((id) => shown(id).length !== 1),
  };
}

function identity(element: Element): Pick<Shape, 'id' | 'type' | 'name' | 'hostId'> {
  const type = element.$type.replace('bpmn:', '');
  return {
    id: element.id,
    type,
    name: element.name ?? '',
    hostId: element.attachedToRef?.id ?? null,
  };
}

/** Whether two boxes share more than a border. */
export function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function centre({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** How far a point lies from the border of a shape: events are circles, gateways diamonds. */
export function distanceToBorder(point: Point, { type, box }: Pick<Shape, 'type' | 'box'>): number {
  const middle = centre(box);
  const [dx, dy] = [Math.abs(point.x - middle.x), Math.abs(point.y - middle.y)];
  if (type.endsWith('Event')) return Math.abs(Math.hypot(dx, dy) - box.width / 2);
  if (type.endsWith('Gateway')) return Math.abs(dx + dy - box.width / 2);
  const [outX, outY] = [dx - box.width / 2, dy - box.height / 2];
  if (outX <= 0 && outY <= 0) return -Math.max(outX, outY);
  return Math.hypot(Math.max(outX, 0), Math.max(outY, 0));
}
