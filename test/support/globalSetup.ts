import { installPackage, USER_FOLDER_VARIABLE } from './installPackage';

/** Installs the packed package once for all tests that run it in n8n's engine. */
export default function globalSetup(): void {
	process.env[USER_FOLDER_VARIABLE] = installPackage();
}
