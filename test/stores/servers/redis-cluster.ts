/** Three masters of a Redis Cluster on loopback. */
import { programPath, runProgram, until } from './processes.ts';
import { type RedisServer, redisServer } from './redis-server.ts';

const NODES = 3;

export interface RedisCluster {
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly servers: readonly RedisServer[];
  readonly remove: () => Promise<void>;
}

export async function redisCluster(): Promise<RedisCluster> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '60000'];
  const servers = await Promise.all(Array.from({ length: NODES }, () => redisServer(settings)));
  const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
  const cli = programPath('redis-cli') ?? '';
  runProgram(cli, ['--cluster', 'create', ...addresses, '--cluster-replicas', '0', '--cluster-yes']);
  await until('all nodes know that the cluster is whole', () =>
    servers.every(({ port }) => runProgram(cli, ['-p', String(port), 'cluster', 'info']).includes('cluster_state:ok')),
  );
  return {
    nodes: servers.map(({ port }) => ({ host: '127.0.0.1', port })),
    servers,
    async remove() {
      for (const server of servers) await server.remove();
    },
  };
}
