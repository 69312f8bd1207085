import { CreateNodes1767225600000 } from './1767225600000-CreateNodes.js';

/** All migrations, oldest first. One that has been released is never edited. */
export const migrations = [CreateNodes1767225600000];
