import type { ServicePackage } from '../../src/catalogue/package.js';
import { saveService } from '../../src/catalogue/services.js';
import { bpmn, end, flows, start } from './bpmn.js';
import { servicePackage } from './domain.js';
import type { TwoApps } from './two-apps.js';

const WATCHED = 'watched-case';

/** A case that goes straight to its unit, VAR, and is watched while the unit works on it. */
const PROCESS = bpmn(
  WATCHED,
  `${start}
   <bpmn:serviceTask id="route"><bpmn:extensionElements><zeebe:taskDefinition type="route"/>
     </bpmn:extensionElements></bpmn:serviceTask>
   <bpmn:callActivity id="watch"><bpmn:extensionElements>
     <zeebe:calledElement processId="shared-deadline"/></bpmn:extensionElements></bpmn:callActivity>
   <bpmn:serviceTask id="close"><bpmn:extensionElements><zeebe:taskDefinition type="close"/>
     </bpmn:extensionElements></bpmn:serviceTask>
   ${end}${flows('start route watch close end')}`,
);

/** Offers a service whose cases are watched and nothing else, in Fjordvik. */
export async function offerWatched(
  { db, clock, nodes }: TwoApps,
  change: Partial<ServicePackage> = {},
): Promise<void> {
  const own = servicePackage({
    intakeProcess: WATCHED,
    process: 'general-after',
    form: null,
    ...change,
  });
  await db.inTransaction(async (tx) => {
    await saveService(tx, 'fjordvik', { folder: own.code, package: own, now: clock() });
    const resources = [{ name: 'watched-case.bpmn', content: PROCESS }];
    await nodes[0]?.engine.deploy(tx, 'fjordvik', { resources, by: 'owner' });
  });
}
