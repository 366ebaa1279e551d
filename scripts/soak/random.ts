/** Numbers from 0 up to 1, always the same ones for a seed (a linear congruential generator). */
export function randomNumbers(seed: number): () => number {
	let state = BigInt(seed);
	return () => {
		state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
		return Number(state >> 33n) / 2 ** 31;
	};
}
