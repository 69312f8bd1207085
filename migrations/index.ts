import { CreateNodes1767225600000 } from './1767225600000-CreateNodes.js';
import { CreateEngine1767225601000 } from './1767225601000-CreateEngine.js';
import { CreateDomain1767225602000 } from './1767225602000-CreateDomain.js';
import { CreateDemoClock1767225604000 } from './1767225604000-CreateDemoClock.js';
import { IndexCalledInstances1767225605000 } from './1767225605000-IndexCalledInstances.js';
import { IndexWorklists1767225606000 } from './1767225606000-IndexWorklists.js';
import { CreateFailOvertaken1767225607000 } from './1767225607000-CreateFailOvertaken.js';
import { OrderDueJobs1767225608000 } from './1767225608000-OrderDueJobs.js';
import { CreateDisposal1767225610000 } from './1767225610000-CreateDisposal.js';
import { CreateClock1767225612000 } from './1767225612000-CreateClock.js';
import { CreateObjectives1767225613000 } from './1767225613000-CreateObjectives.js';
import { CreateAttachments1767225615000 } from './1767225615000-CreateAttachments.js';
import { CreateMail1767225616000 } from './1767225616000-CreateMail.js';
import { CreateOrganisation1767225618000 } from './1767225618000-CreateOrganisation.js';
import { CreateCatalogue1767225619000 } from './1767225619000-CreateCatalogue.js';
import { CreateDialogue1767225621000 } from './1767225621000-CreateDialogue.js';
import { CreateContacts1767225622000 } from './1767225622000-CreateContacts.js';
import { CreateEarlierRuns1767225623000 } from './1767225623000-CreateEarlierRuns.js';
import { CreateCrisis1767225624000 } from './1767225624000-CreateCrisis.js';
import { CreateRegisterLookUps1767225627000 } from './1767225627000-CreateRegisterLookUps.js';
import { CreateRouting1767225629000 } from './1767225629000-CreateRouting.js';
import { CreateOpen3111767225630000 } from './1767225630000-CreateOpen311.js';
import { CreateSearch1767225631000 } from './1767225631000-CreateSearch.js';
import { TakeStatusQuestions1767225638000 } from './1767225638000-TakeStatusQuestions.js';
import { ChangeMail1767225639000 } from './1767225639000-ChangeMail.js';

/** All migrations, oldest first. One that has been released is never edited. */
export const migrations = [
  CreateNodes1767225600000,
  CreateEngine1767225601000,
  CreateDomain1767225602000,
  CreateDemoClock1767225604000,
  IndexCalledInstances1767225605000,
  IndexWorklists1767225606000,
  CreateFailOvertaken1767225607000,
  OrderDueJobs1767225608000,
  CreateDisposal1767225610000,
  CreateClock1767225612000,
  CreateObjectives1767225613000,
  CreateAttachments1767225615000,
  CreateMail1767225616000,
  CreateOrganisation1767225618000,
  CreateCatalogue1767225619000,
  CreateDialogue1767225621000,
  CreateContacts1767225622000,
  CreateEarlierRuns1767225623000,
  CreateCrisis1767225624000,
  CreateRegisterLookUps1767225627000,
  CreateRouting1767225629000,
  CreateOpen3111767225630000,
  CreateSearch1767225631000,
  TakeStatusQuestions1767225638000,
  ChangeMail1767225639000,
];
