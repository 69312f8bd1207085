declare module 'dmn-moddle' {
  /** An element of the DMN meta-model; every property may be missing. */
  export interface DmnElement {
    $type: string;
    $parent?: DmnElement;
    id?: string;
    name?: string;
    label?: string;
    description?: string;
    text?: string;
    href?: string;
    expressionLanguage?: string;
    hitPolicy?: string;
    aggregation?: string;
    drgElement?: DmnElement[];
    import?: DmnElement[];
    variable?: DmnElement;
    informationRequirement?: DmnElement[];
    knowledgeRequirement?: DmnElement[];
    requiredDecision?: DmnElement;
    decisionLogic?: DmnElement;
    input?: DmnElement[];
    inputExpression?: DmnElement;
    inputValues?: DmnElement;
    output?: DmnElement[];
    outputValues?: DmnElement;
    defaultOutputEntry?: DmnElement;
    rule?: DmnElement[];
    inputEntry?: DmnElement[];
    outputEntry?: DmnElement[];
    annotation?: DmnElement[];
    annotationEntry?: DmnElement[];
  }

  export class DmnModdle {
    fromXML(xml: string): Promise<{ rootElement: DmnElement; warnings: { message: string }[] }>;
  }
}
