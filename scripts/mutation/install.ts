import { renameSync } from 'node:fs';
import { installPackage, USER_FOLDER_VARIABLE } from '../../test/support/installPackage';

/** Builds the changed code and installs it where all workers find it. */
const folder = process.env[USER_FOLDER_VARIABLE];
if (!folder) throw new Error(`${USER_FOLDER_VARIABLE} does not say where to install the package`);
renameSync(installPackage(), folder);
