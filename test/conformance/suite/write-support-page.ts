import { readCases } from './case.js';
import { storePage, supportPage } from './support-page.js';

storePage(await supportPage(readCases()));
