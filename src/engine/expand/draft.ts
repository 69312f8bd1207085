import type { ElementModel, FlowModel, ProcessModel } from '../model/process-model.js';

/** A model on its way from what is drawn to what the engine runs. Parts are replaced, not changed. */
export class Draft {
  readonly processId: string;
  readonly name: string | null;
  readonly elements: Map<string, ElementModel>;
  flows: FlowModel[];

  constructor(model: ProcessModel) {
    this.processId = model.processId;
    this.name = model.name;
    this.elements = new Map(model.elements);
    this.flows = [...model.flows];
  }

  get all(): ElementModel[] {
    return [...this.elements.values()];
  }

  /** The elements directly in a scope. */
  inScope(scopeId: string): ElementModel[] {
    return this.all.filter(({ parentId }) => parentId === scopeId);
  }

  put(...elements: ElementModel[]): void {
    for (const element of elements) this.elements.set(element.id, element);
  }

  /** Changes some fields of an element. */
  change(element: ElementModel, fields: Partial<ElementModel>): void {
    this.put({ ...element, ...fields });
  }

  /** Moves elements and the flows between them into another scope. */
  move(elements: readonly ElementModel[], scopeId: string): void {
    const moved = new Set(elements.map(({ id }) => id));
    for (const element of elements) this.change(element, { parentId: scopeId });
    this.flows = this.flows.map((flow) =>
      moved.has(flow.sourceId) ? { ...flow, parentId: scopeId } : flow,
    );
  }
}
