// How Vendure is set up: as in production, with whatever is not needed to answer a storefront left off.

const { DefaultLogger, DefaultSearchPlugin, LogLevel } = require("@vendure/core");
const { parse } = require("pg-connection-string");

const CONNECTIONS = 8; // to the database, a process

class NoFiles {}

// `filling` lets it make its tables, and do in the same process what its worker would.
function config({ port, filling = false }) {
  const { host, port: socket, user, password, database } = parse(process.env.DATABASE_URL);
  return {
    apiOptions: { hostname: "127.0.0.1", port, introspection: false, cors: false },
    // Nobody signs in. A storefront that sends tokens spares it reading and signing cookies.
    authOptions: { tokenMethod: "bearer", superadminCredentials: { identifier: "bench", password: "only for measuring" } },
    // Pictures are rows without files. Their addresses are given as they stand, which spares it a walk through each answer.
    assetOptions: { assetStorageStrategy: new NoFiles() },
    dbConnectionOptions: {
      type: "postgres", host, port: Number(socket), username: user, password, database,
      poolSize: CONNECTIONS, synchronize: filling, logging: false,
      // Else a connection is closed when others have been asked for ten seconds, and opened anew in its next turn.
      extra: { idleTimeoutMillis: 0, ...(filling ? { options: "-c synchronous_commit=off" } : {}) },
    },
    logger: new DefaultLogger({ level: LogLevel.Error, timestamp: false }),
    // Cache and queue of jobs are in memory, as they are by default: that is faster than the plugins that keep them in the
    // database, and nobody who reads leaves a job.
    plugins: [DefaultSearchPlugin.init({ bufferUpdates: filling })],
  };
}

module.exports = { config };
