export const readDecisionModel = async (_: string): Promise<import('./decision-model.js').DecisionModel> => { throw new Error('later'); };
