/**
 * THE LIST: every resource and operation, in menu order: the most used and harmless first, which is the
 * default, and last what destroys. Menus, fields and dispatch come from it.
 */
import type { Resource } from '../run/operation';
import { addUnsubscriptionReason } from './contact/addUnsubscriptionReason';
import { countContacts } from './contact/count';
import { createByEmail } from './contact/createByEmail';
import { createByExternalId } from './contact/createByExternalId';
import { deleteContact } from './contact/delete';
import { deleteAllContacts } from './contact/deleteAll';
import { deleteUnsubscriptionMarker } from './contact/deleteUnsubscriptionMarker';
import { getContact } from './contact/get';
import { getBlockedContacts } from './contact/getBlocked';
import { getManyContacts } from './contact/getMany';
import { getUnsubscriptionMarker } from './contact/getUnsubscriptionMarker';
import { setUnsubscriptionMarker } from './contact/setUnsubscriptionMarker';
import { synchronize } from './contact/synchronize/operation';
import { unsubscribeContact } from './contact/unsubscribe';
import { updateByEmail } from './contact/updateByEmail';
import { updateByExternalId } from './contact/updateByExternalId';
import { updateById } from './contact/updateById';
import { clearCustomFieldValues } from './customField/clearValues';
import { createCustomField } from './customField/create';
import { deleteCustomField } from './customField/delete';
import { getCustomField } from './customField/get';
import { getManyCustomFields } from './customField/getMany';
import { renameCustomField } from './customField/rename';
import { mailingResources } from './mailing';
import { createPreference } from './preference/create';
import { deletePreference } from './preference/delete';
import { getPreference } from './preference/get';
import { getManyPreferences } from './preference/getMany';
import { updatePreference } from './preference/update';
import { createPreferenceCategory } from './preferenceCategory/create';
import { deletePreferenceCategory } from './preferenceCategory/delete';
import { getPreferenceCategory } from './preferenceCategory/get';
import { getManyPreferenceCategories } from './preferenceCategory/getMany';
import { updatePreferenceCategory } from './preferenceCategory/update';
import { reportResources } from './report';
import { clearStandardFieldValues } from './standardField/clearValues';
import { deleteTransaction } from './transaction/delete';
import { deleteManyTransactions } from './transaction/deleteMany';
import { getTransaction } from './transaction/get';
import { getManyTransactions } from './transaction/getMany';
import { sendTransaction } from './transaction/send/operation';
import { countTransactionTypes } from './transactionType/count';
import { createTransactionType } from './transactionType/create';
import { deleteTransactionType } from './transactionType/delete';
import { getTransactionType } from './transactionType/get';
import { getManyTransactionTypes } from './transactionType/getMany';
import { updateTransactionType } from './transactionType/update';

export const resources: readonly Resource[] = [
	{
		value: 'contact',
		name: 'Contact',
		operations: [
			createByEmail,
			createByExternalId,
			synchronize,
			updateByEmail,
			updateByExternalId,
			updateById,
			getContact,
			getManyContacts,
			countContacts,
			getBlockedContacts,
			unsubscribeContact,
			addUnsubscriptionReason,
			getUnsubscriptionMarker,
			setUnsubscriptionMarker,
			deleteUnsubscriptionMarker,
			deleteContact,
			deleteAllContacts,
		],
	},
	{
		value: 'transaction',
		name: 'Transaction',
		operations: [
			sendTransaction,
			getManyTransactions,
			getTransaction,
			deleteTransaction,
			deleteManyTransactions,
		],
	},
	{
		value: 'transactionType',
		name: 'Transaction Type',
		operations: [
			getManyTransactionTypes,
			getTransactionType,
			countTransactionTypes,
			createTransactionType,
			updateTransactionType,
			deleteTransactionType,
		],
	},
	{
		value: 'customField',
		name: 'Custom Field',
		operations: [
			getManyCustomFields,
			getCustomField,
			createCustomField,
			renameCustomField,
			clearCustomFieldValues,
			deleteCustomField,
		],
	},
	{
		value: 'preference',
		name: 'Preference',
		operations: [
			getManyPreferences,
			getPreference,
			createPreference,
			updatePreference,
			deletePreference,
		],
	},
	{
		value: 'preferenceCategory',
		name: 'Preference Category',
		operations: [
			getManyPreferenceCategories,
			getPreferenceCategory,
			createPreferenceCategory,
			updatePreferenceCategory,
			deletePreferenceCategory,
		],
	},
	{
		value: 'standardField',
		name: 'Standard Field',
		operations: [clearStandardFieldValues],
	},
];

/** The resources of all nodes. */
export const allResources: readonly Resource[] = [
	...resources,
	...reportResources,
	...mailingResources,
];
