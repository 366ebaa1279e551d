/**
 * Reads which fields an item wants to see of contacts.
 */
import { ALL_STANDARD_FIELDS, type FieldSelection } from '../maileon/contact/readableFields';
import { fetchCustomFields, fetchPreferenceCategories } from '../transport/lookups';
import type { MaileonClient } from '../transport/client';
import { givenNames } from './given';
import type { ItemParameters } from './parameters';

/** The choice that stands for all fields; no field can have this name, which is too short. */
export const ALL = '*';

/** Reads the selections of a run, and asks Maileon for the names behind "all" once. */
export class FieldSelections {
	private customFields?: Promise<readonly string[]>;
	private preferenceCategories?: Promise<readonly string[]>;

	constructor(private readonly client: MaileonClient) {}

	/**
	 * What an item has chosen. Parameters that the operation does not have choose nothing.
	 * @throws InputRefusal when an expression made no list of names
	 * @throws MaileonFailure when the list behind "all" cannot be read
	 */
	async read(parameters: ItemParameters): Promise<FieldSelection> {
		const chosen = async (
			name: string,
			all: () => Promise<readonly string[]> | readonly string[],
		) => {
			const names = parameters.declares(name)
				? givenNames(parameters.raw(name), { name, label: parameters.label(name) })
				: [];
			return names.includes(ALL)
				? [...(await all()), ...names.filter((one) => one !== ALL)]
				: names;
		};
		return {
			standardFields: await chosen('standardFields', () => ALL_STANDARD_FIELDS),
			customFields: await chosen('customFields', async () => await this.allCustomFields()),
			preferenceCategories: await chosen(
				'preferenceCategories',
				async () => await this.allPreferenceCategories(),
			),
		};
	}

	private async allCustomFields(): Promise<readonly string[]> {
		this.customFields ??= fetchCustomFields(this.client).then((fields = []) =>
			fields.map(({ name }) => name),
		);
		return await this.customFields;
	}

	private async allPreferenceCategories(): Promise<readonly string[]> {
		this.preferenceCategories ??= fetchPreferenceCategories(this.client);
		return await this.preferenceCategories;
	}
}
