// Vendure's server as so many processes on one port: node serve.cjs PORT PROCESSES

const cluster = require("node:cluster");

const [port, processes] = process.argv.slice(2).map(Number);
const READY = "ready", GO = "go";

function lead() {
  let ready = 0;
  for (let n = 0; n < processes; n++) {
    cluster.fork().on("message", (said) => {
      // The port opens when all can answer; else the first one would get every connection.
      if (said === READY && ++ready === processes) for (const worker of Object.values(cluster.workers)) worker.send(GO);
    });
  }
  cluster.on("exit", (_, code) => {
    if (!Object.keys(cluster.workers).length) process.exit(code ?? 0);
  });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => Object.values(cluster.workers).forEach((worker) => worker.kill()));
  }
}

async function answer() {
  const { bootstrap } = require("@vendure/core");
  const { config } = require("./shop.cjs");
  const told = new Promise((resolve) => process.on("message", (said) => said === GO && resolve()));
  await bootstrap(config({ port }), {
    onBeforeAppListen: () => {
      process.send(READY);
      return told;
    },
  });
}

if (cluster.isPrimary) lead();
else answer();
