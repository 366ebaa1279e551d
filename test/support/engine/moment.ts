/** Lets the clock of this process stand still at a moment while something is done. */
export async function atMoment<T>(moment: number, action: () => Promise<T>): Promise<T> {
	const { now } = Date;
	Date.now = () => moment;
	try {
		return await action();
	} finally {
		Date.now = now;
	}
}
