import { CASES, casesOn, kindOf } from '../../support/faultMatrix';
import { OPERATIONS, titleOf } from '../../support/faultOperations';
import { FAULTS, ON_ERROR } from '../../support/faults';

test('one operation of each runner and kind of answer meets every fault in every setting', () => {
	const full = OPERATIONS.filter((operation) => {
		const cases = CASES.filter((one) => one.operation === operation);
		const met = new Set(cases.map(({ fault, onError }) => `${onError} ${fault.name}`));
		return met.size === FAULTS.length * ON_ERROR.length;
	});
	expect(full.map(kindOf).sort()).toEqual([...new Set(OPERATIONS.map(kindOf))].sort());
});

test('on n8n 2.x, too, each of these meets every fault', () => {
	const cases = casesOn(2);
	expect(casesOn(1)).toBe(CASES);
	for (const operation of OPERATIONS.filter(({ meetsEveryFault }) => meetsEveryFault)) {
		const met = cases.filter((one) => one.operation === operation);
		expect(met).toHaveLength(FAULTS.length);
		expect(new Set(met.map(({ fault }) => fault)).size).toBe(FAULTS.length);
		expect(new Set(met.map(({ onError }) => onError)).size).toBe(ON_ERROR.length);
	}
});

test.each(OPERATIONS.map((operation) => [titleOf(operation), operation] as const))(
	'%s meets a refusal, an unclear end and a useless answer, and every setting',
	(_, operation) => {
		const cases = CASES.filter((one) => one.operation === operation);
		const faults = new Set(cases.map(({ fault }) => fault));
		expect(faults.size).toBeGreaterThanOrEqual(3);
		expect(new Set(cases.map(({ onError }) => onError)).size).toBe(ON_ERROR.length);
		expect([...faults].some(({ status = 0 }) => status >= 400)).toBe(true);
		expect([...faults].some(({ status, unclear }) => unclear && status === undefined)).toBe(true);
		expect([...faults].some(({ status }) => status === 200)).toBe(true);
	},
);
