import { startPostgres, type Postgres } from '../services/postgres';
import { startRedis, type Redis } from '../services/redis';

/** Redis and PostgreSQL on 127.0.0.1, with nothing in them at first. */
export interface Services extends Pick<Postgres, 'createDatabase' | 'query'>, Pick<Redis, 'jobs'> {
	redisPort: number;
	postgresPort: number;
	stop(): Promise<void>;
}

/**
 * Starts both on free ports; the data of Redis is kept in the folder.
 *
 * @throws when one of them does not start
 */
export async function startServices(folder: string): Promise<Services> {
	const redis = await startRedis(folder);
	try {
		const { port: postgresPort, createDatabase, query, stop } = await startPostgres();
		return {
			redisPort: redis.port,
			postgresPort,
			createDatabase,
			query,
			jobs: redis.jobs,
			stop: async () => {
				await stop();
				await redis.stop();
			},
		};
	} catch (error) {
		await redis.stop();
		throw error;
	}
}
