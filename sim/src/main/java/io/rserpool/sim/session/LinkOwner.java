package io.rserpool.sim.session;

import io.rserpool.engine.LossReason;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.sim.network.Link;
import java.util.List;

/// Somebody in a user process who has links to elements; hears of them as a
/// [io.rserpool.sim.network.Resident] does.
interface LinkOwner {

  void up(Link link);

  void received(Link link, int ppid, byte[] message);

  void roomy(Link link);

  void down(Link link, LossReason reason, String detail);

  /// The registrar told the state of a pool.
  void changed(PoolHandle pool, List<PoolElementParameter> elements, boolean isPushed);

  /// The process is no more, or somebody else takes its place.
  void gone();

  void tick(long nowNs);

  long nextDeadlineNs();
}
