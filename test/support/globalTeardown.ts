import { removeInstalledPackage, USER_FOLDER_VARIABLE } from './installPackage';

export default function globalTeardown(): void {
	const userFolder = process.env[USER_FOLDER_VARIABLE];
	if (userFolder) removeInstalledPackage(userFolder);
}
