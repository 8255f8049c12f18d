/// The unreal world: the very code that runs in production, under virtual time and seeded faults.
module io.rserpool.sim {
  requires static org.jspecify;
  requires transitive io.rserpool.runtime;

  exports io.rserpool.sim;
  exports io.rserpool.sim.access;
  exports io.rserpool.sim.check;
  exports io.rserpool.sim.fault;
  exports io.rserpool.sim.hostile;
  exports io.rserpool.sim.network;
  exports io.rserpool.sim.scenario;
  exports io.rserpool.sim.scope;
  exports io.rserpool.sim.session;
  exports io.rserpool.sim.workload;
}
